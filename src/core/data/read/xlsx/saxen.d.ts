declare module 'saxen' {
  type Decode = (text: string) => string;
  /** A SAX parser; see the package's README. */
  export class Parser {
    on(
      event: 'openTag',
      hear: (name: string, attributes: () => Record<string, string>, decode: Decode) => void,
    ): this;
    on(event: 'closeTag', hear: (name: string) => void): this;
    on(event: 'text', hear: (text: string, decode: Decode) => void): this;
    on(event: 'cdata' | 'attention', hear: (text: string) => void): this;
    on(event: 'error' | 'warn', hear: (error: Error) => void): this;
    write(chunk: string): this;
    end(): Error | undefined;
  }
}
