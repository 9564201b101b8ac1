export { BUILTIN, readTflite, TENSOR_TYPE, type TfliteModel, type TfliteOperator } from "./read.ts";
