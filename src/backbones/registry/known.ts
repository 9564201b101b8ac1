import { IMAGENET_NORMALISATION } from "../normalisation.ts";
import type { KnownFile, KnownWeights } from "./known-weights.ts";

const TORCHVISION = {
  trainedOn: "ImageNet-1K, classification",
  licence: "BSD-3-Clause; ImageNet's terms may apply",
  notice:
    "These weights were trained on ImageNet-1K, whose terms of access allow non-commercial research and education " +
    "only (https://image-net.org/download). torchvision says that weights may carry terms of their training data, " +
    "and leaves it to whoever uses them to find out " +
    "(https://github.com/pytorch/vision#pre-trained-model-license). Ask before you use them commercially.",
  normalisation: IMAGENET_NORMALISATION,
};

const DINOV2 = {
  trainedOn: "LVD-142M, self-supervised (DINOv2); made smaller by distillation",
  source: "Meta AI, https://github.com/facebookresearch/dinov2",
  licence: "Apache-2.0",
  normalisation: IMAGENET_NORMALISATION,
};

/** `size` in bytes if it is a whole number, in MiB otherwise. */
function torchvision(
  name: string,
  architecture: string,
  version: "IMAGENET1K_V1" | "IMAGENET1K_V2",
  sha256: string,
  size: number,
  ...others: KnownFile[]
): KnownWeights {
  const url = `https://download.pytorch.org/models/${architecture}-${sha256.slice(0, 8)}.pth`;
  const known = Number.isInteger(size) ? { bytes: size } : { mebibytes: size };
  return {
    ...TORCHVISION,
    name,
    architecture,
    source: `torchvision, ${version}, https://github.com/pytorch/vision`,
    files: [{ url, size: known, sha256 }, ...others],
  };
}

function huggingFace(path: string, bytes: number, sha256: string): KnownFile {
  return { url: `https://huggingface.co/${path}`, size: { bytes }, sha256 };
}

/** The weights that are known by name. */
export const KNOWN: readonly KnownWeights[] = [
  torchvision(
    "wide_resnet50_2",
    "wide_resnet50_2",
    "IMAGENET1K_V1",
    "95faca4d11227dddf8633dbb5ff6c8a9003c1aa5b8945c73834b8007b10950b8",
    138_223_492,
    huggingFace(
      "timm/wide_resnet50_2.tv_in1k/resolve/343c5fa59ca8a131e0cdf42144a641b36a0387c2/model.safetensors",
      275_835_296,
      "df6fb6c4824769769de18e14088475fd6ee94236849aa4e5d8022ba9d9a9a16c",
    ),
  ),
  torchvision(
    "wide_resnet50_2_v2",
    "wide_resnet50_2",
    "IMAGENET1K_V2",
    "9ba9bcbebc349d733a72eb7608143fd754e4689ac8d8ce2916ca0bdff6443950",
    263.124,
  ),
  torchvision(
    "resnet18",
    "resnet18",
    "IMAGENET1K_V1",
    "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec",
    46_830_571,
  ),
  torchvision(
    "resnet34",
    "resnet34",
    "IMAGENET1K_V1",
    "b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f",
    87_319_819,
  ),
  torchvision(
    "resnet50",
    "resnet50",
    "IMAGENET1K_V1",
    "0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a",
    102_530_333,
  ),
  torchvision(
    "resnet50_v2",
    "resnet50",
    "IMAGENET1K_V2",
    "11ad3fa62ca79e40addfd354a8ec4b7c75143b3038b8d2a807fbc68deab379ca",
    102_540_417,
  ),
  torchvision(
    "resnet101",
    "resnet101",
    "IMAGENET1K_V1",
    "63fe2227b86e8f1f2063f43a75c84d195911b6a0eace650907dd3dc62dd49a0a",
    170.511,
  ),
  torchvision(
    "resnet101_v2",
    "resnet101",
    "IMAGENET1K_V2",
    "cd907fc2a0de2292b2ba2b27d2216bc672d84632d1cf20058d01c0c03b5e020e",
    170.53,
  ),
  torchvision(
    "wide_resnet101_2",
    "wide_resnet101_2",
    "IMAGENET1K_V1",
    "32ee11565f95f2f07223b243ada444a6457c4b90a88e6e293922813faf6dfd06",
    254_695_146,
  ),
  torchvision("wide_resnet101_2_v2", "wide_resnet101_2", "IMAGENET1K_V2", "d733dc28", 484.747),
  {
    ...DINOV2,
    name: "vit_small_patch14_dinov2",
    architecture: "vit_small_patch14_dinov2",
    files: [
      {
        url: "https://dl.fbaipublicfiles.com/dinov2/dinov2_vits14/dinov2_vits14_pretrain.pth",
        size: { bytes: 88_283_115 },
        sha256: "b938bf1bc15cd2ec0feacfe3a1bb553fe8ea9ca46a7e1d8d00217f29aef60cd9",
      },
      huggingFace(
        "timm/vit_small_patch14_dinov2.lvd142m/resolve/4610ca143709d58a633b6397a74412c2c3842454/model.safetensors",
        88_240_510,
        "04d27f3400d059fc0cfd7d17dd1909a75bf3ea8fb3eeb48b97cb99e57ee20081",
      ),
    ],
  },
  {
    ...DINOV2,
    name: "vit_base_patch14_dinov2",
    architecture: "vit_base_patch14_dinov2",
    files: [
      {
        url: "https://dl.fbaipublicfiles.com/dinov2/dinov2_vitb14/dinov2_vitb14_pretrain.pth",
        size: { bytes: 346_378_731 },
        sha256: "0b8b82f85de91b424aded121c7e1dcc2b7bc6d0adeea651bf73a13307fad8c73",
      },
      huggingFace(
        "timm/vit_base_patch14_dinov2.lvd142m/resolve/4685c99dabffe5affac90bd99dbffd25801ae58d/model.safetensors",
        346_334_872,
        "55cbb5d887b336d430e649c277b85a1429e724871f9d02ac16203235886d8c7b",
      ),
    ],
  },
];
