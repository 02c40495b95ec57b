import { write, writeSync } from 'node:fs';
import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { maskPhones } from '../domain/masking.ts';

/**
 * The log of this process: JSON lines on its standard output. No line holds a phone number whole, whoever wrote it into a message,
 * and no error of PostgreSQL its rows.
 */
export function openProcessLog(options: LoggerOptions): Logger {
  return pino({ ...options, serializers: { err: describeError }, hooks: { streamWrite: maskPhones } }, lineWriter(1));
}

/** PostgreSQL puts whole rows into `detail` and what a function was given into `where`; the message says enough. */
function describeError(error: Error): object {
  const { detail: _detail, where: _where, internalQuery: _query, ...told } = pino.stdSerializers.err(error);
  return told;
}

const AGAIN_MS = 100;

/**
 * Writes lines beside the event loop: a reader that is slow holds nobody up. Lines that nobody reads any more are dropped, at
 * the end of the process too; pino's own writer tries its last lines at a broken pipe for ever, and the process never ends.
 */
function lineWriter(fd: number): DestinationStream {
  let waiting: string[] = [];
  let writing: Buffer | null = null;
  let broken = false;

  function writeNext(): void {
    if (writing !== null || waiting.length === 0) return;
    writing = Buffer.from(waiting.join(''));
    waiting = [];
    write(fd, writing, written);
  }

  function written(error: NodeJS.ErrnoException | null, bytes: number): void {
    const rest = writing?.subarray(bytes) ?? Buffer.alloc(0);
    if (error?.code === 'EAGAIN') {
      setTimeout(() => write(fd, rest, written), AGAIN_MS);
    } else if (error !== null) {
      broken = true;
    } else if (rest.length > 0) {
      writing = rest;
      write(fd, rest, written);
    } else {
      writing = null;
      writeNext();
    }
  }

  process.once('exit', () => {
    if (broken) return;
    try {
      writeSync(fd, waiting.join(''));
    } catch {
      // Nobody reads them, or not now: the end waits for no reader.
    }
  });
  return {
    write(line) {
      if (broken) return;
      waiting.push(line);
      writeNext();
    },
  };
}
