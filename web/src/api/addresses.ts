// Where does each operation live? Types prove it equal to the table of operations, whose schemas stay out of the browser.
import type { OperationId, Operations } from '../../../domain/api/operations.ts';

/** Method and path of every operation; another value than the table's does not compile. */
export const addresses: {
  readonly [Id in OperationId]: Readonly<Pick<Operations[Id], 'method' | 'path'>>;
} = {
  readHealth: { method: 'GET', path: '/health' },
  listRecords: { method: 'GET', path: '/records' },
  createRecord: { method: 'POST', path: '/records' },
  renewUpload: { method: 'POST', path: '/records/{recordId}/uploads' },
  readRecord: { method: 'GET', path: '/records/{recordId}' },
  createDownloads: { method: 'POST', path: '/records/{recordId}/downloads' },
  readRun: { method: 'GET', path: '/records/{recordId}/run' },
  cancelAnalysis: { method: 'POST', path: '/records/{recordId}/cancel' },
  deleteRecord: { method: 'DELETE', path: '/records/{recordId}' },
  listQuestionSets: { method: 'GET', path: '/question-sets' },
  writeQuestionSet: { method: 'PUT', path: '/question-sets/{questionSetId}' },
  deleteQuestionSet: { method: 'DELETE', path: '/question-sets/{questionSetId}' },
  readSettings: { method: 'GET', path: '/settings' },
  writeSettings: { method: 'PUT', path: '/settings' },
  deleteMe: { method: 'DELETE', path: '/me' },
};
