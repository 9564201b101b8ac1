import { csvFormat } from "d3-dsv";
import { drawHeatmap, encodeJpeg, type Image, thumbnail } from "../../images/index.ts";
import {
  checkSuspectsRequest,
  type FindSuspectsRequest,
  findSuspects,
  type Suspects,
} from "../../suspects/index.ts";
import { VERSION } from "../../version.ts";
import { renderSuspectsPage, type SuspectPictures } from "./suspects-page.ts";

const SIDE = 240;
/** The first tenth of the ranking is shown, and within reason more of a small set and less of a large one. */
const SHARE = 0.1;
const [LEAST, MOST] = [24, 200];

export interface SuspectsReport {
  readonly suspects: Suspects;
  /** One self-contained HTML page, on which images can be marked. */
  readonly html: string;
  /** The whole ranking: `rank`, `name`, `score` and `outlyingness`, one line an image. */
  readonly csv: string;
}

/**
 * Ranks a data set's good images and draws the most suspicious ones. Throws as {@link findSuspects}.
 *
 * @example
 * const { html } = await makeSuspectsReport({ data: "parts" });
 */
export async function makeSuspectsReport(
  request: Omit<FindSuspectsRequest, "shown" | "onShown">,
): Promise<SuspectsReport> {
  checkSuspectsRequest("makeSuspectsReport", request);
  const { data } = request;
  const folder = typeof data === "string" ? data : data.root;
  const pictures: SuspectPictures[] = [];
  const picture = async (image: Image) => encodeJpeg(await thumbnail(image, SIDE));
  const suspects = await findSuspects({
    ...request,
    shown: (count) => Math.min(MOST, Math.max(LEAST, Math.round(SHARE * count))),
    onShown: async ({ suspect, image, map, limit }) => {
      const heatmap = drawHeatmap(image, map, limit);
      pictures.push({ suspect, image: await picture(image), heatmap: await picture(heatmap) });
    },
  });
  pictures.sort((a, b) => a.suspect.rank - b.suspect.rank);
  return {
    suspects,
    html: renderSuspectsPage({ folder, suspects, pictures, createdWith: VERSION }),
    csv: `${csvFormat([...suspects.ranking], ["rank", "name", "score", "outlyingness"])}\n`,
  };
}
