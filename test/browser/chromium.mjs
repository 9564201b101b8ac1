import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const EXTENSION = process.platform === "win32" ? ".exe" : "";
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ...["PROGRAMFILES", "PROGRAMFILES(X86)"].flatMap((variable) =>
    process.env[variable] === undefined
      ? []
      : [
          join(process.env[variable], "Google/Chrome/Application/chrome.exe"),
          join(process.env[variable], "Microsoft/Edge/Application/msedge.exe"),
        ],
  ),
];

/** A browser of Chromium's family on this machine: RSAD_CHROMIUM, one on the PATH, or one in its usual place. */
export function findChromium() {
  if (process.env.RSAD_CHROMIUM) return process.env.RSAD_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name + EXTENSION)));
  return [...onPath, ...PLACES].find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
