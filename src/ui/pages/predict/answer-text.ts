import type { Prediction } from '#core/prediction.ts';
import { numberText } from '#ui/format.ts';
import { characterName } from './character-name.ts';

/** What a model says of a row, in one word or number; of components there are several, and no such answer. */
export function answerText(prediction: Prediction): string {
  switch (prediction.task) {
    case 'regression':
      return numberText(prediction.value);
    case 'ranking':
      return numberText(prediction.score);
    case 'reduction':
      return '';
    case 'language':
      return characterName(prediction.next);
    default:
      return prediction.label;
  }
}
