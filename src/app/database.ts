import { TerrariumDatabase } from '#storage/database.ts';

/** This page's connection. It opens with the first query; a failure reaches whoever asked. */
export const database = new TerrariumDatabase();
