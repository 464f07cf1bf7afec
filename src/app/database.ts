import { TerrariumDatabase } from '#storage/database.ts';
import { session } from './session.ts';

/** This page's connection. It opens with the first query; a failure reaches whoever asked. */
export const database = new TerrariumDatabase(session.databaseName);
