/** A reason why a model of TensorFlow.js cannot be taken, completing "The extractor FILE …", and what to do about it. */
export class TfjsFault extends Error {
  readonly hint: string;

  constructor(what: string, hint = 'Export or download the model again, with all its files.') {
    super(what);
    this.hint = hint;
  }
}
