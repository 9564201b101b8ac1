export {
  checkSuspectsRequest,
  type FindSuspectsRequest,
  findSuspects,
  type ShownSuspect,
  type Suspect,
  type Suspects,
} from "./find-suspects.ts";
export { OUTLYING } from "./outlyingness.ts";
