export interface StaticServer {
  readonly url: string;
  close(): Promise<void>;
}
export function serveFolder(folder: string, options?: { readonly isolated?: boolean }): Promise<StaticServer>;
