// Which items does a Map go over: how are they read, cut off, and put together in batches?

import type { Json } from '../../systems/asl.ts';
import { isList } from './expressions.ts';

/** The part of ReaderConfig that says how an object's text is read, with MaxItems already evaluated. */
export interface ReaderConfig {
  readonly InputType?: string;
  readonly MaxItems?: number;
  readonly CSVHeaderLocation?: string;
  readonly CSVHeaders?: readonly string[];
  readonly CSVDelimiter?: string;
}

/** The items cannot be read; the message is the cause of States.ItemReaderFailed. */
export class ItemsUnreadable extends Error {
  override readonly name = 'ItemsUnreadable';
}

const delimiters: { readonly [name: string]: string } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * The items in what a reader returned: an array as it is; `Contents` of a listing; the text of an object (a string,
 * or `Body`) parsed by InputType, default JSON. MaxItems (0: all) cuts the list. Throws ItemsUnreadable.
 */
export function itemsIn(read: Json, config: ReaderConfig): readonly Json[] {
  const items = allItems(read, config);
  const most = config.MaxItems ?? 0;
  return most > 0 ? items.slice(0, most) : items;
}

function allItems(read: Json, config: ReaderConfig): readonly Json[] {
  if (read !== null && isList(read)) return read;
  if (typeof read === 'string') return parsed(read, config);
  if (typeof read === 'object' && read !== null && !isList(read)) {
    const contents = read['Contents'];
    if (contents !== undefined && isList(contents)) return contents;
    if (typeof read['Body'] === 'string') return parsed(read['Body'], config);
  }
  throw new ItemsUnreadable('Attempting to map over non-iterable node.');
}

function parsed(text: string, config: ReaderConfig): readonly Json[] {
  const type = config.InputType ?? 'JSON';
  try {
    if (type === 'CSV') return csvItems(text, config);
    if (type === 'JSONL') {
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line));
    }
    if (type !== 'JSON') throw new ItemsUnreadable(`The input type ${type} is not supported locally.`);
    const value: Json = JSON.parse(text);
    if (isList(value)) return value;
  } catch (error) {
    if (error instanceof ItemsUnreadable) throw error;
    throw new ItemsUnreadable(`The object is not valid ${type}.`);
  }
  throw new ItemsUnreadable('Attempting to map over non-iterable node.');
}

/** Every row becomes an object of strings. Fields may be quoted; a doubled quote stands for one. */
function csvItems(text: string, config: ReaderConfig): readonly Json[] {
  const rows = csvRows(text, delimiters[config.CSVDelimiter ?? 'COMMA'] ?? ',');
  const isGiven = config.CSVHeaderLocation === 'GIVEN';
  const headers = isGiven ? (config.CSVHeaders ?? []) : (rows[0] ?? []);
  return rows
    .slice(isGiven ? 0 : 1)
    .map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ''])));
}

function csvRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  const endRow = (): void => {
    if (row.length > 0 || field !== '') rows.push([...row, field]);
    row = [];
    field = '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (isQuoted && char === '"' && text.charAt(i + 1) === '"') {
      field += '"';
      i += 1;
    } else if (char === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && char === delimiter) {
      row.push(field);
      field = '';
    } else if (!isQuoted && (char === '\n' || char === '\r')) {
      endRow();
    } else {
      field += char;
    }
  }
  endRow();
  return rows;
}

/** How a distributed Map puts its items together; a limit of 0 or none does not bind. */
export interface Batching {
  readonly maxItems?: number;
  readonly maxBytes?: number;
  readonly batchInput?: Json;
}

/** One input of a child execution, and how many items it holds. */
export interface Batch {
  readonly input: Json;
  readonly itemCount: number;
}

/**
 * `{Items, BatchInput}` for each batch: as many items in order as both limits allow. Bytes are those of the batch's
 * JSON text. An item too large for a batch of its own gets one all the same; AWS's behaviour there is not known.
 */
export function batches(
  items: readonly Json[],
  { maxItems, maxBytes, batchInput }: Batching,
): readonly Batch[] {
  const rest = batchInput === undefined ? {} : { BatchInput: batchInput };
  const emptyBytes = Buffer.byteLength(JSON.stringify({ ...rest, Items: [] }));
  const most = maxItems === undefined || maxItems === 0 ? Infinity : maxItems;
  const mostBytes = maxBytes === undefined || maxBytes === 0 ? Infinity : maxBytes;
  const groups: Json[][] = [];
  let bytes = 0;
  for (const item of items) {
    const itemBytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    const last = groups.at(-1);
    // The last item of a list has no comma after it, hence the 1.
    if (last !== undefined && last.length < most && bytes + itemBytes - 1 <= mostBytes) {
      last.push(item);
      bytes += itemBytes;
    } else {
      groups.push([item]);
      bytes = emptyBytes + itemBytes;
    }
  }
  return groups.map((group) => ({ input: { ...rest, Items: group }, itemCount: group.length }));
}
