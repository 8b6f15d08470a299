// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// elf_types.mjs PROGRAM_DIR… -- LIBRARY_DIR…
// Prints one line "fixed|pie|library FILE" for each ELF file in the directories (links not
// followed): a fixed address (ET_EXEC) or position independent (ET_DYN) program, or a library.
import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ELF_MAGIC = 0x7f454c46;
const TYPE_OFFSET = 16;
const ET_EXEC = 2;
const ET_DYN = 3;

const elfType = (path) => {
  const header = Buffer.alloc(TYPE_OFFSET + 2);
  const file = openSync(path, 'r');
  const size = readSync(file, header, 0, header.length, 0);
  closeSync(file);
  return size === header.length && header.readUInt32BE(0) === ELF_MAGIC
    ? header.readUInt16LE(TYPE_OFFSET)
    : undefined;
};

const filesOf = (directory) =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(directory, entry.name));

const separator = process.argv.indexOf('--');
for (const path of process.argv.slice(2, separator).flatMap(filesOf)) {
  const type = elfType(path);
  if (type === ET_EXEC) console.log(`fixed ${path}`);
  if (type === ET_DYN) console.log(`pie ${path}`);
}
for (const path of process.argv.slice(separator + 1).flatMap(filesOf)) {
  if (path.includes('.so') && elfType(path) === ET_DYN) console.log(`library ${path}`);
}
