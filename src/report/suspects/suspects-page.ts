import { counted } from "../../format.ts";
import { shellWord } from "../../shell-word.ts";
import { OUTLYING, type Suspect, type Suspects } from "../../suspects/index.ts";
import { imageDataUrl } from "../data-url.ts";
import { type Html, html } from "../html.ts";
import { renderPage } from "../page.ts";
import { settingsTable } from "../tables.ts";
import { MARKING_SCRIPT } from "./marking-script.ts";
import { SUSPECTS_STYLE } from "./style.ts";

export interface SuspectPictures {
  readonly suspect: Suspect;
  /** Encoded PNG or JPEG, both of one aspect ratio. */
  readonly image: Uint8Array;
  readonly heatmap: Uint8Array;
}

export interface SuspectsPageInput {
  /** The folder of the data set, as the user named it. */
  readonly folder: string;
  readonly suspects: Suspects;
  readonly pictures: readonly SuspectPictures[];
  /** The version of rsad. */
  readonly createdWith: string;
}

/** A page on which a person looks at the most suspicious of the good images and marks those that are to be left out. */
export function renderSuspectsPage({ folder, suspects, pictures, createdWith }: SuspectsPageInput): string {
  const { data, ranking, outlying, backbone, seed, folds } = suspects;
  const command = `rsad train ${shellWord(folder)} --without dropped.txt`;
  const others = ranking.length - pictures.length;
  return renderPage({
    title: data.name,
    kind: "Suspects among the good images",
    createdWith,
    style: SUSPECTS_STYLE,
    script: MARKING_SCRIPT,
    main: html`<section><h2>What to do</h2>
<p>These are the good images that look least like the others, the strangest first. Strange is not defective: look at each, and mark those that do not belong among good parts.</p>
<p>Then take the list with you, and train without them: <code>${command}</code></p>
<div class="marks"><strong><span id="count">0</span> marked</strong><button type="button" id="download" disabled>Download the list</button><button type="button" id="copy" disabled>Copy the list</button></div>
<div class="gallery">${pictures.map(card)}</div></section>
<section class="panels even"><div class="panel"><h2>Marked files</h2><p id="kept"></p><textarea id="list" data-fingerprint="${data.sha256}" readonly aria-label="Marked files, one a line"></textarea></div>
<div class="panel"><h2>How they were found</h2>${settingsTable([
      { label: "Good images", value: `${data.count}, SHA-256 of all ${data.sha256}` },
      {
        label: "Shown",
        value: others > 0 ? `${pictures.length}; the other ${others} are in suspects.csv` : "all",
      },
      { label: "Outlying", value: `${counted(outlying, "image")} at ${OUTLYING} or more` },
      {
        label: "Score",
        value: `each image's by a detector that was fitted on other images, in ${folds} folds; backbone ${backbone}, seed ${seed}`,
      },
      {
        label: "Unit",
        value:
          "how far an image's score lies above the median of all, in standard deviations as the scores in the middle tell them (median absolute deviation)",
      },
    ])}</div></section>`,
  });
}

function card({ suspect, image, heatmap }: SuspectPictures): Html {
  const { rank, name, outlyingness } = suspect;
  return html`<article class="card${outlyingness >= OUTLYING ? " outlying" : ""}">
<div class="pictures">${picture("image", image, name)}${picture("heatmap", heatmap, name)}</div>
<h3>${name}</h3>
<p class="verdict"><span class="outcome">${outlyingness.toFixed(1)} deviations</span><span>rank ${rank}</span></p>
<label><input type="checkbox" name="drop" value="${name}" autocomplete="off"> leave out</label>
</article>
`;
}

function picture(kind: "image" | "heatmap", bytes: Uint8Array, name: string): Html {
  return html`<figure><img src="${imageDataUrl(bytes, name)}" alt="${kind} of ${name}"><figcaption>${kind}</figcaption></figure>`;
}
