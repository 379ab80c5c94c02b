// node python.mjs PYODIDE STAGED OUT TRIAL: the app in the very Python that readers will run, before they do.
// TRIAL is a script of Python; STAGED is /app to it, OUT is /out.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const [pyodide, staged, out, trial] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(`${pyodide}/pyodide.mjs`);
const python = await loadPyodide({ indexURL: pyodide, packages: ["numpy"], stdout: () => {} });
for (const [path, root] of [["/app", staged], ["/out", out]]) {
  python.FS.mkdirTree(path);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, path);
}
try {
  python.runPython(readFileSync(trial, "utf-8"));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
