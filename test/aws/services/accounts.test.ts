// Does an account go that its owner knows by an address, and we by the subject of a token (A43)?
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { userIdSchema } from '../../../domain/ids.ts';
import { createAccounts } from '../../../services/aws/accounts.ts';
import { createIdentity } from '../../../services/aws/identity.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { endpoint } from '../support/server.ts';

const cognito = () => new CognitoIdentityProviderClient({});
const Username = 'somebody@example.com';
const Password = 'Long-enough-1';

/** The test server serves the keys of a pool to whoever asks by Cognito’s own host name. */
async function fetchKeys(address: string): Promise<ArrayBuffer> {
  const { host, pathname } = new URL(address);
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    request(`${endpoint()}${pathname}`, { headers: { host } }, (answer) => {
      buffer(answer).then(resolve, reject);
    })
      .once('error', reject)
      .end();
  });
  return new Uint8Array(bytes).buffer;
}

async function makePool(): Promise<{ userPoolId: string; clientId: string }> {
  const { UserPool } = await cognito().send(
    new CreateUserPoolCommand({ PoolName: 'users', UsernameAttributes: ['email'] }),
  );
  const userPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito().send(
    new CreateUserPoolClientCommand({
      UserPoolId: userPoolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    }),
  );
  return { userPoolId, clientId: UserPoolClient?.ClientId ?? '' };
}

async function signIn(UserPoolId: string, ClientId: string) {
  await cognito().send(new AdminCreateUserCommand({ UserPoolId, Username }));
  await cognito().send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  const { AuthenticationResult } = await cognito().send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );
  return { access: AuthenticationResult?.AccessToken ?? '', id: AuthenticationResult?.IdToken ?? '' };
}

describe('an account of a user pool', () => {
  it('is the one that an access token names, and goes by that name', async () => {
    const { userPoolId, clientId } = await makePool();
    const tokens = await signIn(userPoolId, clientId);
    const identity = createIdentity({ userPoolId, clientId, fetchKeys });
    const userId = await identity.userOf(`Bearer ${tokens.access}`);
    expect(userId).to.match(/^[0-9a-f-]{36}$/);
    expect(await identity.userOf(`Bearer ${tokens.id}`)).to.equal(null);

    const accounts = createAccounts({ userPoolId });
    expect(await accounts.remove(userIdSchema.parse(userId))).to.equal(true);
    const gone = cognito().send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username }));
    expect(await thrownBy(gone)).to.have.property('name', 'UserNotFoundException');
    expect(await accounts.remove(userIdSchema.parse(userId))).to.equal(false);
  });

  it('of another pool is not touched', async () => {
    const [one, other] = [await makePool(), await makePool()];
    const { access } = await signIn(one.userPoolId, one.clientId);
    const userId = await createIdentity({ ...one, fetchKeys }).userOf(`Bearer ${access}`);
    expect(await createIdentity({ ...other, fetchKeys }).userOf(`Bearer ${access}`)).to.equal(null);
    expect(await createAccounts(other).remove(userIdSchema.parse(userId))).to.equal(false);
  });

  it('of a pool that is not there is our mistake', async () => {
    const remove = createAccounts({ userPoolId: 'us-east-1_none' }).remove(userIdSchema.parse('user-1'));
    expect(await thrownBy(remove)).to.include({ name: 'InternalError' });
  });
});
