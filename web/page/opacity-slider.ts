import { byId } from "./dom.ts";

/** Says how much of the heatmap is seen, 0 to 1. */
export class OpacitySlider {
  constructor(onOpacity: (opacity: number) => void) {
    const input = byId("opacity", HTMLInputElement);
    const tell = () => {
      byId("opacity-value", HTMLOutputElement).value = `${input.value} %`;
      onOpacity(input.valueAsNumber / 100);
    };
    input.addEventListener("input", tell);
    tell();
  }
}
