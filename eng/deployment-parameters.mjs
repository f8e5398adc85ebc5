// Fills infra/main.parameters.json from the environment, as azd does, so that the workflow deploys with the same file as a shell.
// Usage: node eng/deployment-parameters.mjs infra/main.parameters.json COMPILED-TEMPLATE.json > parameters.json
// A variable that is unset or empty leaves the parameter out: the template's default applies.
import { readFileSync } from 'node:fs';

const [file, template] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')));

const convert = {
  string: (text) => text,
  bool: (text) => ({ true: true, false: false })[text.toLowerCase()],
  int: (text) => (/^-?\d+$/.test(text) ? Number(text) : undefined),
  object: (text) => asJson(text, (value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
  array: (text) => asJson(text, Array.isArray),
};

function asJson(text, isWanted) {
  try {
    const value = JSON.parse(text);
    return isWanted(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const parameters = {};
const problems = [];
for (const [name, { value }] of Object.entries(file.parameters)) {
  const variable = /^\$\{(\w+)\}$/.exec(value)?.[1];
  const type = template.parameters[name]?.type.toLowerCase().replace('secure', '');
  if (!variable || !convert[type]) {
    problems.push(`${name}: the template has no such parameter, or the file does not take it from one variable.`);
    continue;
  }

  const text = process.env[variable]?.trim();
  if (!text) {
    if (template.parameters[name].defaultValue === undefined) {
      problems.push(`${variable}: is missing (${name}).`);
    }

    continue;
  }

  const converted = convert[type](text);
  if (converted === undefined) {
    problems.push(`${variable}: is no ${type} (${name}).`);
  } else {
    parameters[name] = { value: converted };
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

const { $schema, contentVersion } = file;
console.log(JSON.stringify({ $schema, contentVersion, parameters }, null, 2));
