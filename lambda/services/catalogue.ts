// Where does a function find records by their user?
import { createRecordCatalogue } from '../../services/aws/catalogue.ts';
import type { RecordCatalogue } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

type Settings = Pick<FunctionEnvironment, 'TABLE_NAME'> &
  // Whoever only looks through the whole table, or deletes, is told of no index.
  Partial<Pick<FunctionEnvironment, 'TABLE_INDEX_NAME'>>;

export const openCatalogue = ({
  TABLE_NAME: tableName,
  TABLE_INDEX_NAME: indexName,
}: Settings): RecordCatalogue => createRecordCatalogue({ tableName, indexName: indexName ?? null });
