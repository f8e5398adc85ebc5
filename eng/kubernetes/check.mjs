// Reads the folder named as argument and writes { "file: Kind/name": { problems, object } } for every object of its YAML files. Types find fields
// that are unknown, schemas find values that are not allowed. No cluster is called.
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const ts = require('typescript');
const yaml = require('yaml');
const here = fileURLToPath(new URL('.', import.meta.url));

const packages = { 'keda.sh': '@kubernetes-models/keda', 'external-secrets.io': '@kubernetes-models/external-secrets' };

const moduleOf = ({ apiVersion, kind }) => `${packages[apiVersion.split('/')[0]] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;

async function bySchema(object) {
  try {
    const Model = (await import(moduleOf(object)))[object.kind];
    new Model(object).validate();
    return [];
  } catch (error) {
    return (error.errors ?? [error]).map((problem) => `${problem.instancePath ?? ''} ${problem.message}`.trim());
  }
}

const objects = [];
const answers = {};
const folder = process.argv[2];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()) {
  for (const document of yaml.parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
    const object = document.toJS();
    const name = `${file}: ${object?.kind}/${object?.metadata?.name}`;
    answers[name] = { object, problems: document.errors.map((error) => error.message) };
    // Kustomize's own file has no schema in any registry.
    if (answers[name].problems.length === 0 && object.kind !== 'Kustomization') objects.push({ name, object });
  }
}

for (const { name, object } of objects) answers[name].problems.push(...(await bySchema(object)));

// One source with every object, checked at once: starting the compiler is what takes time.
const sources = objects.map(({ object }, i) =>
  `import type { I${object.kind} as T${i} } from '${moduleOf(object)}';\nexport const o${i}: T${i} = ${JSON.stringify(object)};`);
const root = join(here, 'checked.ts');
const options = { noEmit: true, strict: true, skipLibCheck: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] };
const host = ts.createCompilerHost(options);
const read = host.getSourceFile.bind(host);
host.getSourceFile = (path, ...rest) => (path === root ? ts.createSourceFile(path, sources.join('\n'), ts.ScriptTarget.ES2022) : read(path, ...rest));
host.fileExists = (path) => path === root || ts.sys.fileExists(path);
const program = ts.createProgram([root], options, host);
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const line = diagnostic.file?.fileName === root ? diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line : 0;
  answers[objects[Math.floor(line / 2)].name].problems.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
}

console.log(JSON.stringify(answers));
