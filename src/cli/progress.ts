import { placeText } from '#core/checkpoints/place.ts';
import type { RunEvent } from '#core/run-events.ts';
import type { Task } from '#core/spec/spec.ts';
import { unitOf } from '#core/spec/tasks.ts';
import { trainingLine, type Course } from './training-line.ts';

/** Says on a stream what a run is doing: a line per candidate, and on a terminal how its training goes, in place. */
export function progressPrinter(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
  task: Task,
): (event: RunEvent) => void {
  /** A longer line than the terminal is wide would stay when it is written over. */
  const overwrite = (text: string): void => {
    if (!stream.isTTY) return;
    const most = stream.columns > 0 ? stream.columns - 1 : Infinity;
    stream.write(`\r\x1b[K${text.slice(0, most)}`);
  };
  let course: Course | null = null;
  const show = (told: Course): void => {
    course = told;
    overwrite(trainingLine(told, task));
  };
  return (event) => {
    switch (event.type) {
      case 'started': {
        overwrite('');
        const { train, validation, test } = event.rows;
        stream.write(
          `${train} training, ${validation} validation, ${test} test ${unitOf(task)}s; backend ${event.backend.name} (${event.backend.reason})\n`,
        );
        break;
      }
      case 'epoch': {
        const { candidate, etaMs } = event;
        const where = `epoch ${event.epoch} of at most ${event.epochs}`;
        show({ candidate, where, etaMs, epoch: event, pulse: course?.pulse ?? null });
        break;
      }
      case 'pulse': {
        const { candidate, etaMs } = event;
        const { where = null, epoch = null } = course ?? {};
        show({ candidate, where, etaMs, epoch, pulse: event });
        break;
      }
      case 'fold': {
        const { candidate, etaMs, epoch } = event;
        const where = `fold ${event.fold} of ${event.folds}`;
        show({ candidate, where, etaMs, epoch, pulse: course?.pulse ?? null });
        break;
      }
      case 'stage':
        course = null;
        if (event.stage === 'evaluate') overwrite(`${event.candidate}: evaluating`);
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
      case 'layers':
      case 'paused':
      case 'unpaused':
      case 'finished':
        break;
    }
  };
}
