// What must app, user pool and gateway agree on so that users can sign in?

/** Scope of the access tokens that the API takes. */
export const apiScope = 'openid';

/** Page of the app that users come back to; the pool compares it letter by letter. */
export const signedInPath = '/signed-in';
