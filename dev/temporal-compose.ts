import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { parseDuration } from '../domain/time.ts';

/** `temporal-dev.yml` of this project. */
export const TEMPORAL_COMPOSE_FILE = fileURLToPath(new URL('../temporal-dev.yml', import.meta.url));

/** What the runner takes from `temporal-dev.yml`. `flags` are those of `temporal server start-dev` that do not say where it listens or stores. */
export type TemporalDevSettings = {
  namespace: string;
  searchAttributes: Record<string, string>;
  flags: string[];
  retentionMs: number;
};

/** Where the server listens, stores and how much it says is the runner's own business. */
const LOCAL_FLAGS = new Set(['--ip', '--ui-ip', '--port', '--ui-port', '--http-port', '--metrics-port', '--db-filename', '--log-level']);

/**
 * Reads the Compose file: the flags of its service `temporal` and the retention its service `retention` sets.
 * Throws, naming the file, when either service is missing or a flag is not written as `--name` or `--name=value`.
 */
export async function readTemporalDevSettings(path: string = TEMPORAL_COMPOSE_FILE): Promise<TemporalDevSettings> {
  const file: unknown = parse(await readFile(path, 'utf8'));
  const server = serviceOf(file, 'temporal', path);
  const [program, command, ...words] = server.command;
  if (program !== 'server' || command !== 'start-dev') throw new Error(`${path}: service temporal does not run "server start-dev"`);
  const flags = words.map((word) => splitFlag(word, path));
  const valuesOf = (name: string) => flags.filter((flag) => flag.name === name).map((flag) => flag.value ?? '');
  const namespace = valuesOf('--namespace')[0];
  if (namespace === undefined) throw new Error(`${path}: service temporal names no namespace`);
  return {
    namespace,
    searchAttributes: Object.fromEntries(valuesOf('--search-attribute').map((text) => splitPair(text, path))),
    flags: flags.filter((flag) => !LOCAL_FLAGS.has(flag.name)).map((flag) => flag.word),
    retentionMs: readRetention(file, path),
  };
}

function readRetention(file: unknown, path: string): number {
  const words = serviceOf(file, 'retention', path).command.map((word) => (word.startsWith('--') ? splitFlag(word, path) : undefined));
  const text = words.find((flag) => flag?.name === '--retention')?.value;
  if (text === undefined) throw new Error(`${path}: service retention has no --retention`);
  return parseDuration(text);
}

function serviceOf(file: unknown, name: string, path: string): { command: string[] } {
  const services = propertyOf(file, 'services');
  const service = propertyOf(services, name);
  const command = propertyOf(service, 'command');
  if (!Array.isArray(command)) throw new Error(`${path}: service ${name} has no command written as a list`);
  return { command: command.map(String) };
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}

function splitFlag(word: string, path: string): { word: string; name: string; value: string | undefined } {
  if (!word.startsWith('--')) throw new Error(`${path}: "${word}" is not a flag; write --name or --name=value`);
  const equals = word.indexOf('=');
  return equals === -1 ? { word, name: word, value: undefined } : { word, name: word.slice(0, equals), value: word.slice(equals + 1) };
}

function splitPair(text: string, path: string): [string, string] {
  const [name, value] = text.split('=');
  if (name === undefined || name === '' || value === undefined) throw new Error(`${path}: "${text}" is not Name=Type`);
  return [name, value];
}
