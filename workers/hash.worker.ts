import { expose } from 'comlink';
import { hashFile } from '#core/data/read/hash-file.ts';
import { settle } from '#core/errors.ts';
import type { HashWorkerApi } from '#core/protocol.ts';

expose({ sha256: (file) => settle(() => hashFile(file)) } satisfies HashWorkerApi);
