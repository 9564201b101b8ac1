import { RsadError } from "../../errors.ts";
import { errorFinding, type Finding } from "../check/finding.ts";
import { openSuite } from "./open-suite.ts";
import type { Suite } from "./suite.ts";

/**
 * As `openSuite`, but a folder that does not open is a finding too; `suite` is absent then. Throws RSAD_ARGUMENT_INVALID
 * for an unknown suite.
 */
export async function checkSuite(
  id: string,
  folder: string,
): Promise<{ suite?: Suite; findings: readonly Finding[] }> {
  try {
    const suite = await openSuite(id, folder);
    return { suite, findings: suite.findings };
  } catch (error) {
    if (!(error instanceof RsadError) || error.code === "RSAD_ARGUMENT_INVALID") throw error;
    return { findings: [errorFinding(error)] };
  }
}
