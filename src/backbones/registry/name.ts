import { RsadError } from "../../errors.ts";

/** Lower case alone, so that no two names are one file on any disk; no dots, so that no name is taken for a file's. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;
/** Windows keeps these for devices, whatever ending follows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

export function isName(text: string): boolean {
  return NAME.test(text) && !DEVICE.test(text);
}

/** Throws RSAD_ARGUMENT_INVALID where `name` cannot be the name of a backbone of one's own. */
export function checkName(name: string): void {
  if (isName(name)) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the name of a backbone",
    expected: "at most 64 lower-case letters, digits, hyphens and underscores",
    received: name,
    hint: "For example my_resnet18.",
  });
}
