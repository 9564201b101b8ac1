/**
 * The rooms of src/, in the order in which data walks through them: a room imports only from rooms above it
 * (and from the shared files errors, random, progress, files, format, hash-file, lock, shell-word, did-you-mean, fields, threads, version), and only through their index.ts.
 */
const rooms = [
  "graph",
  "pixels",
  "images",
  "synthesis",
  "datasets",
  "backbones",
  "recipes",
  "stages",
  "features",
  "training",
  "hybrid",
  "baselines",
  "calibration",
  "model",
  "detectors",
  "suspects",
  "evaluation",
  "browser",
  "assessment",
  "quantisation",
  "deployment",
  "report",
  "benchmark",
  "cli",
];

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Operators may know each other both ways: the gradient of an operator is made of operators.",
      severity: "error",
      from: { pathNot: "^src/graph/ops/" },
      to: { circular: true },
    },
    {
      name: "doors-only",
      comment:
        "Another room is entered through its index.ts alone; its helpers for tests are open to other rooms' tests.",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/([^/]+)/", pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", "/testing/"] },
    },
    {
      name: "testing-is-for-tests",
      severity: "error",
      from: { path: "^src/", pathNot: "(\\.test\\.ts$|/testing/)" },
      to: { path: "^src/.*/testing/" },
    },
    ...rooms.slice(0, -1).map((room, position) => ({
      name: `${room}-looks-up-only`,
      severity: "error",
      from: { path: `^src/${room}/`, pathNot: "\\.test\\.ts$" },
      to: { path: `^src/(${rooms.slice(position + 1).join("|")})/` },
    })),
    {
      name: "shared-files-know-no-room",
      severity: "error",
      from: {
        path: "^src/(errors|random|progress|files|format|hash-file|lock|shell-word|did-you-mean|fields|threads|version)\\.ts$",
      },
      to: { path: "^src/[^/]+/" },
    },
    {
      name: "one-codec",
      comment:
        "loadSharp turns the codec's cache off; whatever is encoded or decoded goes through it, in images/.",
      severity: "error",
      from: { path: "^src/", pathNot: "(\\.test\\.ts$|/testing/|^src/images/sharp\\.ts$)" },
      to: { path: "(^|/)node_modules/sharp/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "network-on-demand",
      comment: "What speaks HTTP is loaded when a download is asked for, and not before.",
      severity: "error",
      from: { path: "^src/", pathNot: "(\\.test\\.ts$|/testing/)" },
      to: { path: "(^|/)node_modules/undici/", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "browser-rooms",
      comment: "Nothing that these rooms lead to needs Node; packages are their own affair.",
      severity: "error",
      from: {
        path: "^src/(graph|pixels|synthesis|recipes|stages|calibration|model|evaluation|browser)/",
        pathNot: "(\\.test\\.ts$|/testing/)",
      },
      to: { reachable: true, pathNot: ["^src/", "node_modules/"] },
    },
    {
      name: "no-dev-dependencies",
      comment: "The browser's runtime is bundled into dist/web when the package is built.",
      severity: "error",
      from: { path: "^src/", pathNot: "(\\.test\\.ts$|/testing/|^src/graph/runtime-web\\.ts$)" },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
