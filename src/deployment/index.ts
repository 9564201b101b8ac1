export { batchModel } from "./batch-model.ts";
export { TRITON_BATCH, type TritonRequest, writeTritonRepository } from "./triton.ts";
export { type PathAgreement, type Verification, type VerifyRequest, verify } from "./verify.ts";
export { type WriteModelRequest, writeBatchModel, writeFullModel } from "./write-model.ts";
export { type WebFolder, type WebFolderRequest, writeWebFolder } from "./write-web-folder.ts";
