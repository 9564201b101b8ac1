export { batchModel } from "./batch-model.ts";
export type { PathAgreement } from "./path-agreement.ts";
export { TRITON_BATCH, type TritonRequest, writeTritonRepository } from "./triton.ts";
export { type Verification, type VerifyRequest, verify } from "./verify.ts";
export { BROWSER, type Tolerance } from "./verify-paths.ts";
export { type WriteModelRequest, writeBatchModel, writeFullModel } from "./write-model.ts";
export { type WebFolder, type WebFolderRequest, writeWebFolder } from "./write-web-folder.ts";
