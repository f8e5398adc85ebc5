// Reads { "name": "query", … } from standard input, binds each against the tables, and writes { "name": { problems, columns } }.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { tables } from './tables.mjs';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;

const members = new (globalThis.System.Collections.Generic.List$1(Symbols.Symbol).ctor)();
for (const [name, columns] of Object.entries(tables)) {
  const schema = Object.entries(columns).map(([column, type]) => `${column}: ${type}`).join(', ');
  members.add(Symbols.TableSymbol.From(`(${schema})`).WithName(name));
}

const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('workspace', members, false));
const list = (of) => Array.from({ length: of?.Count ?? 0 }, (_, i) => of.getItem(i));

const answers = {};
for (const [name, query] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  const code = KustoCode.ParseAndAnalyze(query, globals);
  const problems = list(code.GetDiagnostics()).map(({ Severity, Message, Start }) => `${Severity} at ${Start}: ${Message}`);
  const columns = Object.fromEntries(list(code.ResultType?.Columns).map((column) => [column.Name, column.Type.Name]));
  answers[name] = { problems, columns };
}

console.log(JSON.stringify(answers));
