import { stat } from "node:fs/promises";
import { didYouMean } from "../../did-you-mean.ts";
import { RsadError } from "../../errors.ts";
import { checkFields } from "../../fields.ts";
import { fileError } from "../../files.ts";
import { someNames } from "../check/list-names.ts";
import { invalidDataset } from "../dataset-error.ts";
import { openCustom } from "./open-custom.ts";
import { openPublished } from "./open-published.ts";
import { SUITE_IDS, type Suite, type SuiteId } from "./suite.ts";

/**
 * Opens the classes of a benchmark and compares what is there with its publication; lists files, opens no image, downloads
 * nothing. What differs or is missing is a finding; a class that cannot be trained on and measured is left out.
 *
 * Throws RSAD_ARGUMENT_INVALID for an unknown suite or class; RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED;
 * RSAD_DATASET_INVALID where `folder` holds no class of the suite that can be used.
 *
 * @example
 * const { classes, findings } = await openSuite("mpdd", "data/MPDD", { classes: ["tubes"] });
 */
export async function openSuite(
  id: string,
  folder: string,
  options: { readonly classes?: readonly string[] | undefined } = {},
): Promise<Suite> {
  checkFields("openSuite", { id, folder }, { id: "text", folder: "path" });
  checkFields("openSuite", options, { classes: "list?" });
  if (!isSuiteId(id)) throw unknownSuite(id);
  const entry = await stat(folder).catch((cause) => Promise.reject(fileError(cause, folder)));
  if (!entry.isDirectory()) {
    throw invalidDataset(folder, "the suite's folder", "a file", "Name the folder that holds the classes.");
  }
  const suite =
    id === "custom"
      ? await openCustom(folder, options.classes)
      : await openPublished(id, folder, options.classes);
  if (suite.classes.length === 0) throw nothingUsable(suite);
  return suite;
}

function isSuiteId(id: string): id is SuiteId {
  return (SUITE_IDS as readonly string[]).includes(id);
}

function unknownSuite(id: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the suite",
    expected: SUITE_IDS.join(", "),
    received: id,
    hint: `${didYouMean(id, SUITE_IDS)}A folder of your own classes is the suite custom.`,
  });
}

/** Names the errors of classes or, where there are none, the first other finding: the classes are missing. */
function nothingUsable({ root, findings }: Suite): RsadError {
  const errors = findings.filter(({ severity }) => severity === "error");
  const reasons = errors.length > 0 ? errors : findings.slice(0, 1);
  return invalidDataset(
    root,
    "a class with training and test images",
    someNames(reasons.map(({ subject, message }) => `${subject}: ${message}`)),
    reasons[0]?.hint ?? "Check the path.",
  );
}
