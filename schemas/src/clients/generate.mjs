// Types of the events by quicktype: generate.mjs SCHEMAS FOLDER. Of an event with several versions the newest.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { InputData, JSONSchemaInput, JSONSchemaStore, quicktype } from "quicktype-core";

const [schemas, folder] = process.argv.slice(2);

/** What a reference between the schemas leads to. */
class Files extends JSONSchemaStore {
  async fetch(address) {
    return JSON.parse(readFileSync(join(schemas, basename(address)), "utf8"));
  }
}

const newest = new Map();
for (const file of readdirSync(schemas)) {
  const [, name, version] = /^(.+)\.v(\d+)\.json$/.exec(file) ?? [];
  if (name && name !== "types" && Number(version) > (newest.get(name)?.version ?? 0)) {
    newest.set(name, { file, version: Number(version) });
  }
}

async function write(file, lang, rendererOptions, comment) {
  const input = new JSONSchemaInput(new Files());
  for (const name of [...newest.keys()].sort()) {
    const schema = readFileSync(join(schemas, newest.get(name).file), "utf8");
    await input.addSource({ name: JSON.parse(schema).title, schema });
  }
  const inputData = new InputData();
  inputData.addInput(input);
  const { lines } = await quicktype({ inputData, lang, rendererOptions });
  const said = `${comment} Generated from the JSON Schemas of the events by schemas/src/clients/generate; do not edit.`;
  writeFileSync(join(folder, file), [said, "", ...lines.map((line) => line.trimEnd())].join("\n"));
}

await write("events.ts", "typescript", { "just-types": "true" }, "//");
await write("deformux_events.py", "python", { "python-version": "3.10" }, "#");
