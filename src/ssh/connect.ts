import type { ClientChannel } from 'ssh2';
import { ProblemError, type Problem } from '../base/problem';
import type { Clock } from '../session/clock';
import { connectProblem, loginRefused, noHostKeyAlgorithm, noWayThrough, tooSlow } from './connectProblems';
import { Connection } from './connection';
import { Deadline } from './deadline';
import { canEd25519, hostKeyAlgorithms } from './hostKeyAlgorithms';
import type { HostTarget } from './target';
import { hostVerifier } from './hostVerifier';
import { ssh2 } from './library';
import { Login } from './login';
import type { Prompts } from './prompts';
import { readTrust } from './trust';

/** From the first packet to the end of the login, without the time the user takes to answer; milliseconds. */
const handshakePatience = 20_000;
/** A dead network is noticed after about interval × (count + 1) milliseconds. */
const keepaliveInterval = 5000;
const keepaliveCountMax = 3;

/**
 * An authenticated connection to a host whose key is trusted, through the hosts it is behind (ProxyJump), each of which
 * is judged by its own keys and asked for its own login. Rejects with a ProblemError. Forwarding of agent, X11 and ports
 * to this computer stays off.
 */
export async function connect(target: HostTarget, clock: Clock, prompts: Prompts): Promise<Connection> {
  const { via } = target;
  if (via === undefined) return connectOver(target, clock, prompts);
  const hop = await connect(via, clock, prompts);
  try {
    const way = await hop.openWay(target.address, target.port).catch((error: unknown) => {
      throw new ProblemError(noWayThrough(target, via, error), { cause: error });
    });
    const connection = await connectOver(target, clock, prompts, way);
    connection.onClose(() => hop.close());
    return connection;
  } catch (error) {
    hop.close();
    throw error;
  }
}

/** @param way a stream to the host's SSH server; a socket of its own when absent */
async function connectOver(
  target: HostTarget,
  clock: Clock,
  prompts: Prompts,
  way?: ClientChannel,
): Promise<Connection> {
  const { Client, utils } = await ssh2();
  const client = new Client();
  let fail: (why: Problem) => void = () => undefined;
  const deadline = new Deadline(clock, handshakePatience, () =>
    fail(tooSlow(target, handshakePatience / 1000)),
  );
  const patient: Prompts = {
    trust: (key) => deadline.pausedFor(() => prompts.trust(key)),
    askPassphrase: (file, again) => deadline.pausedFor(() => prompts.askPassphrase(file, again)),
    askSecret: (question) => deadline.pausedFor(() => prompts.askSecret(question)),
  };
  const trust = await readTrust(target, patient);
  const login = new Login(target, patient);
  const algorithms = hostKeyAlgorithms(trust.entries, {
    ed25519: canEd25519(utils.parseKey),
    refused: target.refusedHostKeys ?? [],
  });
  if (algorithms.length === 0) throw new ProblemError(noHostKeyAlgorithm(target));

  let succeeded = false;
  try {
    const connection = await new Promise<Connection>((resolve, reject) => {
      fail = (why) => reject(new ProblemError(why));
      const failWith = (error: unknown): void => fail(connectProblem(target, error));
      // Nagle's algorithm would hold back every keystroke; and at `ready` it has already slowed the handshake.
      client.on('connect', () => client.setNoDelay(true));
      client.on('ready', () => resolve(new Connection(client, clock)));
      client.on('error', (error) => {
        // An agent that does not answer is no reason to stop: the login goes on with the next way.
        if (error.level !== 'agent') failWith(error);
      });
      const closed = (): void => failWith(new Error('The server closed the connection during the login.'));
      client.on('end', closed);
      client.on('close', closed);
      client.connect({
        ...(way === undefined ? { host: target.address, port: target.port } : { sock: way }),
        username: target.user,
        readyTimeout: 0,
        keepaliveInterval,
        keepaliveCountMax,
        algorithms: {
          serverHostKey: algorithms,
        },
        hostVerifier: hostVerifier(async (key) => {
          try {
            await trust.accept(key);
            return true;
          } catch (error) {
            failWith(error);
            return false;
          }
        }),
        authHandler: (accepted: readonly string[] | null, _partial, next) => {
          login.next(accepted).then((way) => {
            if (way === null) fail(loginRefused(target, login));
            else next(way);
          }, failWith);
        },
      });
    });
    succeeded = true;
    return connection;
  } catch (error) {
    client.destroy();
    throw error instanceof ProblemError ? error : new ProblemError(connectProblem(target, error));
  } finally {
    deadline.stop();
    prompts.loginEnded?.(succeeded);
  }
}
