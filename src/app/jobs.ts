import { proxy, wrap, type Remote } from 'comlink';
import type { Finding } from '#core/data/audit/finding.ts';
import type { DatasetDiff } from '#core/data/diff/diff-datasets.ts';
import type { RowGroup } from '#core/data/group-rows.ts';
import type { SplitDescription } from '#core/run/describe-split.ts';
import type { ExtractorFacts, ExtractorQuery } from '#core/extractors/extractor-facts.ts';
import type { RateFinding, RateProgress } from '#core/find-rate.ts';
import type {
  AugmentationDescription,
  AugmentationQuery,
} from '#core/run/describe-augmentation.ts';
import type { ShownTree } from '#core/models/trees/shown/shown-tree.ts';
import type {
  AuditProgress,
  CompareProgress,
  DataWorkerApi,
  ImageFile,
  ImportedVersion,
  ProfileProgress,
  ReadProgress,
} from '#core/protocol/data-worker.ts';
import type {
  InferWorkerApi,
  ReadAndPredicted,
  WrittenPiece,
} from '#core/protocol/infer-worker.ts';
import type {
  JobEvent,
  ProbeResult,
  RateJobProgress,
  TrainWorkerApi,
} from '#core/protocol/train-worker.ts';
import type { Prediction } from '#core/prediction.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { newId } from '#storage/ids.ts';
import { database } from './database.ts';
import { fresh, jobIn, withGpuBack, type Job } from './job.ts';
import { startTraining, type TrainingJob } from './training-job.ts';
import { WorkerSlot, type StartWorker } from './worker-slot.ts';

type PredictQuery = Parameters<InferWorkerApi['predict']>[0];
type ImportQuery = Omit<Parameters<DataWorkerApi['importDataset']>[0], 'jobId'>;
type ReadAgainQuery = Omit<Parameters<DataWorkerApi['readAgain']>[0], 'jobId'>;
type CompareQuery = Omit<Parameters<DataWorkerApi['compareVersions']>[0], 'jobId'>;
type ProfileQuery = Omit<Parameters<DataWorkerApi['profileDataset']>[0], 'jobId'>;
type AuditQuery = Omit<Parameters<DataWorkerApi['auditDataset']>[0], 'jobId'>;
type CellsQuery = Parameters<DataWorkerApi['readCells']>[0];
type GroupQuery = Parameters<DataWorkerApi['groupImages']>[0];
type ImagesQuery = Parameters<DataWorkerApi['readImages']>[0];
type RateQuery = Omit<Parameters<TrainWorkerApi['findRate']>[0], 'jobId'>;
type SplitQuery = Parameters<DataWorkerApi['describeSplit']>[0];
type TreeQuery = Parameters<InferWorkerApi['readTree']>[0];
type TreeTextQuery = Parameters<InferWorkerApi['writeTree']>[0];
type WriteQuery = Omit<Parameters<InferWorkerApi['writeText']>[0], 'jobId'>;
type FileQuery = Omit<Parameters<InferWorkerApi['predictFile']>[0], 'jobId'>;

export interface WorkerStarts {
  readonly data: StartWorker<Remote<DataWorkerApi>>;
  readonly train: StartWorker<Remote<TrainWorkerApi>>;
  readonly infer: StartWorker<Remote<InferWorkerApi>>;
}

/**
 * The only client of the workers. A run has a worker to itself, and so has a long prediction, so that
 * ending one that does not listen takes nothing else with it; workers start when first needed and stay
 * for the next job.
 */
export class Jobs {
  readonly #starts: WorkerStarts;
  readonly #database: TerrariumDatabase;
  /** One for reading in and for showing: it still has the table that it read. */
  readonly #data: WorkerSlot<Remote<DataWorkerApi>>;
  /** Two tables at once, and gone with their memory when they were compared. */
  readonly #comparer: WorkerSlot<Remote<DataWorkerApi>>;
  readonly #predictor: WorkerSlot<Remote<InferWorkerApi>>;
  readonly #filePredictor: WorkerSlot<Remote<InferWorkerApi>>;
  readonly #trainers: WorkerSlot<Remote<TrainWorkerApi>>[] = [];

  constructor(starts: WorkerStarts, db: TerrariumDatabase) {
    this.#starts = starts;
    this.#database = db;
    this.#data = new WorkerSlot(starts.data);
    this.#comparer = new WorkerSlot(starts.data);
    this.#predictor = new WorkerSlot(starts.infer);
    this.#filePredictor = new WorkerSlot(starts.infer);
  }

  importDataset(
    query: ImportQuery,
    onProgress: (progress: ReadProgress) => void,
  ): Job<ImportedVersion> {
    const id = newId();
    const hear = proxy(fresh(this.#data, id, onProgress));
    const done = this.#data.run(id, (api) => api.importDataset({ ...query, jobId: id }, hear));
    return jobIn(this.#data, id, done);
  }

  /** Reads a stored version in another way; after what the worker was asked before. */
  readAgain(query: ReadAgainQuery, onProgress: (progress: ReadProgress) => void): Job<null> {
    const id = newId();
    const hear = proxy(fresh(this.#data, id, onProgress));
    const done = this.#data.run(id, (api) => api.readAgain({ ...query, jobId: id }, hear));
    return jobIn(this.#data, id, done);
  }

  compareVersions(
    query: CompareQuery,
    onProgress: (progress: CompareProgress) => void,
  ): Job<DatasetDiff> {
    const id = newId();
    const hear = proxy(fresh(this.#comparer, id, onProgress));
    const done = this.#comparer
      .run(id, (api) => api.compareVersions({ ...query, jobId: id }, hear))
      .finally(() => {
        if (this.#comparer.idle) this.#comparer.end();
      });
    return jobIn(this.#comparer, id, done);
  }

  /** Profiles a version into storage, where pages observe it. */
  profileDataset(query: ProfileQuery, onProgress: (progress: ProfileProgress) => void): Job<null> {
    const id = newId();
    const hear = proxy(fresh(this.#data, id, onProgress));
    const done = this.#data.run(id, (api) => api.profileDataset({ ...query, jobId: id }, hear));
    return jobIn(this.#data, id, done);
  }

  /** Looks for what should be settled before training; after what the worker was asked before. */
  auditDataset(
    query: AuditQuery,
    onProgress: (progress: AuditProgress) => void,
  ): Job<readonly Finding[]> {
    const id = newId();
    const hear = proxy(fresh(this.#data, id, onProgress));
    const done = this.#data.run(id, (api) => api.auditDataset({ ...query, jobId: id }, hear));
    return jobIn(this.#data, id, done);
  }

  /** Rows `from` (0-based) up to `from + count` of a version, as the texts of the file. */
  async readRows(
    of: { readonly datasetId: string; readonly version: number },
    from: number,
    count: number,
  ): Promise<readonly (readonly string[])[]> {
    const query = { ...of, from, count };
    return (await this.#data.run(newId(), (api) => api.readRows(query))).rows;
  }

  /** The texts of one column in some rows (0-based). */
  async readCells(query: CellsQuery): Promise<readonly string[]> {
    return (await this.#data.run(newId(), (api) => api.readCells(query))).cells;
  }

  /** Rows of an image set by the texts of a column. */
  groupImages(query: GroupQuery): Promise<readonly RowGroup[]> {
    return this.#data.run(newId(), (api) => api.groupImages(query));
  }

  /** The image files of rows (0-based). */
  readImages(query: ImagesQuery): Promise<readonly ImageFile[]> {
    return this.#data.run(newId(), (api) => api.readImages(query));
  }

  /** What each part of a spec's split would hold; rejects with the reason where it cannot be made. */
  describeSplit(query: SplitQuery): Promise<SplitDescription> {
    return this.#data.run(newId(), (api) => api.describeSplit(query));
  }

  /** What a candidate's training makes of some images by chance; null where it changes none. */
  describeAugmentation(query: AugmentationQuery): Promise<AugmentationDescription | null> {
    return this.#data.run(newId(), (api) => api.describeAugmentation(query));
  }

  /** Executes a stored run; one that was interrupted goes on. */
  train(runId: string, onEvent: (event: JobEvent['event']) => void): TrainingJob {
    const id = newId();
    const slot = this.#freeTrainer();
    const hear = proxy(fresh(slot, id, ({ event }: JobEvent) => onEvent(event)));
    return startTraining(this.#database, {
      id,
      runId,
      train: () => slot.run(id, (api) => api.train({ jobId: id, runId }, hear)),
      cancel: () => slot.cancel(id),
      pause: () => slot.tell((api) => api.pause(id)),
      goOn: () => slot.tell((api) => api.goOn(id)),
      look: () => slot.tell((api) => api.look(id)),
      endWorker: () => slot.end(),
      hear: onEvent,
    });
  }

  /** Finds a learning rate for a network; it waits for the trainings before it. */
  findRate(query: RateQuery, onProgress: (progress: RateProgress) => void): Job<RateFinding> {
    const id = newId();
    const slot = this.#freeTrainer();
    const hear = proxy(fresh(slot, id, (progress: RateJobProgress) => onProgress(progress)));
    const find = () => slot.run(id, (api) => api.findRate({ ...query, jobId: id }, hear));
    return jobIn(slot, id, withGpuBack(slot, find));
  }

  /** Times each backend; it takes a second or more and loads the model library. */
  probe(): Promise<ProbeResult> {
    return this.#freeTrainer().run(newId(), (api) => api.probe());
  }

  async predict(query: PredictQuery): Promise<readonly Prediction[]> {
    return (await this.#predictor.run(newId(), (api) => api.predict(query))).predictions;
  }

  /** Tries a network for a step; one that a person brings is kept. */
  tryExtractor(query: ExtractorQuery): Promise<ExtractorFacts> {
    return this.#predictor.run(newId(), (api) => api.tryExtractor(query));
  }

  /** A tree of a stored run's model, from a node on. */
  readTree(query: TreeQuery): Promise<ShownTree> {
    return this.#predictor.run(newId(), (api) => api.readTree(query));
  }

  /** A whole tree as a text file. */
  writeTree(query: TreeTextQuery): Promise<Blob> {
    return this.#predictor.run(newId(), (api) => api.writeTree(query));
  }

  /** Predicts from a file of rows; a file that cannot be read rejects. */
  predictFile(query: FileQuery): Job<ReadAndPredicted> {
    const id = newId();
    const slot = this.#filePredictor;
    const done = slot.run(id, (api) => api.predictFile({ ...query, jobId: id }));
    return jobIn(slot, id, done);
  }

  /** Lets a language model write; `hear` gets the text piece by piece. */
  writeText(query: WriteQuery, hear: (text: string) => void): Job<{ readonly text: string }> {
    const id = newId();
    const slot = this.#filePredictor;
    const onPiece = proxy(fresh(slot, id, ({ text }: WrittenPiece) => hear(text)));
    const done = slot.run(id, (api) => api.writeText({ ...query, jobId: id }, onPiece));
    return jobIn(slot, id, done);
  }

  /** Ends all workers; what runs in them fails. */
  end(): void {
    const slots = [this.#data, this.#comparer, this.#predictor, this.#filePredictor];
    for (const slot of [...slots, ...this.#trainers]) slot.end();
  }

  #freeTrainer(): WorkerSlot<Remote<TrainWorkerApi>> {
    const free = this.#trainers.find((slot) => slot.idle);
    if (free !== undefined) return free;
    const slot = new WorkerSlot(this.#starts.train);
    this.#trainers.push(slot);
    return slot;
  }
}

function connected<Api>(worker: Worker, onCrash: (reason: string) => void) {
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onCrash(event.message === '' ? 'its code could not be loaded or run.' : event.message);
  });
  worker.addEventListener('messageerror', () => onCrash('a message could not be read.'));
  return { api: wrap<Api>(worker), terminate: () => worker.terminate() };
}

/** Workers open the database that they are named after. */
const { name } = database;

export const jobs = new Jobs(
  {
    data: (onCrash) =>
      connected<DataWorkerApi>(
        new Worker(new URL('../../workers/data.worker.ts', import.meta.url), {
          type: 'module',
          name,
        }),
        onCrash,
      ),
    train: (onCrash) =>
      connected<TrainWorkerApi>(
        new Worker(new URL('../../workers/train.worker.ts', import.meta.url), {
          type: 'module',
          name,
        }),
        onCrash,
      ),
    infer: (onCrash) =>
      connected<InferWorkerApi>(
        new Worker(new URL('../../workers/infer.worker.ts', import.meta.url), {
          type: 'module',
          name,
        }),
        onCrash,
      ),
  },
  database,
);
