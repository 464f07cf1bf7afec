import { placeText } from '#core/checkpoints/place.ts';
import type { RunEvent } from '#core/run-events.ts';

/**
 * Says on a stream what a run is doing: a line per candidate, and on a terminal the epoch in place.
 * @param unit what it learns from, as a word: `row`
 */
export function progressPrinter(
  stream: NodeJS.WriteStream,
  unit: string,
): (event: RunEvent) => void {
  const overwrite = (text: string): void => {
    if (stream.isTTY) stream.write(`\r\x1b[K${text}`);
  };
  return (event) => {
    switch (event.type) {
      case 'started': {
        overwrite('');
        const { train, validation, test } = event.rows;
        stream.write(
          `${train} training, ${validation} validation, ${test} test ${unit}s; backend ${event.backend.name} (${event.backend.reason})\n`,
        );
        break;
      }
      case 'epoch':
        overwrite(
          `${event.candidate}: epoch ${event.epoch} of at most ${event.epochs}, loss ${event.trainLoss.toFixed(4)}, ${Math.ceil(event.etaMs / 1000)} s left at most`,
        );
        break;
      case 'stage':
        if (event.stage === 'evaluate') overwrite(`${event.candidate}: evaluating`);
        break;
      case 'fold':
        overwrite(
          `${event.candidate}: fold ${event.fold} of ${event.folds}, ${Math.ceil(event.etaMs / 1000)} s left at most`,
        );
        break;
      case 'candidate':
        overwrite('');
        stream.write(
          `${event.candidate}: trained in ${(event.record.trainMs / 1000).toFixed(2)} s (${event.done} of ${event.of})\n`,
        );
        break;
      case 'failed':
        overwrite('');
        stream.write(`${event.candidate}: failed. ${event.error.message}\n`);
        break;
      case 'resumed':
        overwrite('');
        stream.write(`${placeText(event)}: goes on from epoch ${event.epoch}\n`);
        break;
      case 'images':
        overwrite(
          `images: ${event.done} of ${event.total} ${event.extracting === true ? 'seen by the extractor' : 'decoded'}`,
        );
        break;
      case 'warning':
        stream.write(`warning: ${event.message}\n`);
        break;
      case 'pulse':
      case 'layers':
      case 'paused':
      case 'unpaused':
      case 'finished':
        break;
    }
  };
}
