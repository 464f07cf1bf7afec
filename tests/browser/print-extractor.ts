import { extractorFile } from '../support/extractors.ts';

process.stdout.write(Buffer.from(extractorFile()).toString('base64'));
