/** Where the build puts the page, `rsad/browser` and the runtime; the same place from the sources and from the build. */
export const BUILT_WEB = new URL("../../dist/web/", import.meta.url);
