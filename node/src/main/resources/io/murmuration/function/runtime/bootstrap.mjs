// The runtime for Node.js: fetches invocations from the Runtime API, calls the handler, and posts what it returns.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const root = process.env.LAMBDA_TASK_ROOT;
const api = process.env.AWS_LAMBDA_RUNTIME_API;
const slash = api.indexOf('/');
const [host, port] = (slash < 0 ? api : api.slice(0, slash)).split(':');
const base = (slash < 0 ? '' : api.slice(slash)) + '/2018-06-01/runtime';
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

let requestId = '';
// Called when nothing is left to do while an invocation is at work; empty if the process should simply end then.
let whenNothingIsLeft = null;

function call(method, resource, body, headers) {
  return new Promise((resolve, reject) => {
    const request = http.request({ agent, host, port, method, path: base + resource, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function post(resource, text, errorType) {
  const body = Buffer.from(text);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
  if (errorType) headers['Lambda-Runtime-Function-Error-Type'] = errorType;
  return call('POST', resource, body, headers);
}

function failure(type, message) {
  const error = new Error(message);
  error.name = type;
  return error;
}

function described(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return { errorType: error.name || 'Error', errorMessage: error.message, trace: (error.stack || '').split('\n') };
}

function logged(level) {
  return (...words) => {
    const text = format(...words).replace(/\n/g, '\r');
    fs.writeSync(1, `${new Date().toISOString()}\t${requestId || 'undefined'}\t${level}\t${text}\n`);
  };
}

Object.assign(console, {
  log: logged('INFO'), info: logged('INFO'), warn: logged('WARN'), error: logged('ERROR'), debug: logged('DEBUG'), trace: logged('TRACE'),
});

function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  for (let folder = path.dirname(file); folder.startsWith(root); folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
  }
  return false;
}

async function loaded(handler) {
  const name = path.basename(handler);
  const dot = name.indexOf('.');
  if (dot < 1 || dot === name.length - 1) throw failure('Runtime.MalformedHandlerName', 'Bad handler');
  const stem = path.join(root, path.dirname(handler), name.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((ending) => stem + ending).find((candidate) => fs.existsSync(candidate));
  if (!file) {
    throw failure('Runtime.ImportModuleError', `Error: Cannot find module '${path.join(path.dirname(handler), name.slice(0, dot))}'`);
  }
  let exported;
  try {
    exported = isModule(file) ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw failure('Runtime.UserCodeSyntaxError', String(error));
    if (error && (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND')) {
      throw failure('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
  const found = name.slice(dot + 1).split('.').reduce((within, key) => (within == null ? undefined : within[key]), exported);
  if (found === undefined) throw failure('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw failure('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
}

function text(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    throw failure('Runtime.MarshalError', 'Unable to stringify response body');
  }
}

// The outcome of one invocation, as a promise of {error} or {result}; the first word counts.
function outcome(handler, event, context) {
  return new Promise((resolve) => {
    const done = (error, result) => {
      const settled = error ? { error } : { result };
      if (context.callbackWaitsForEmptyEventLoop) whenNothingIsLeft = () => resolve(settled);
      else resolve(settled);
    };
    context.done = done;
    context.fail = (error) => { context.callbackWaitsForEmptyEventLoop = false; done(error || failure('Error', 'handled')); };
    context.succeed = (result) => { context.callbackWaitsForEmptyEventLoop = false; done(null, result); };
    whenNothingIsLeft = () => resolve({ result: null });
    try {
      const returned = handler(event, context, done);
      if (returned && typeof returned.then === 'function') {
        whenNothingIsLeft = null;
        returned.then((result) => resolve({ result }), (error) => resolve({ error: error === undefined ? failure('Error', 'undefined') : error }));
      }
    } catch (error) {
      resolve({ error });
    }
  });
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    identity: undefined,
    clientContext: headers['lambda-runtime-client-context'] ? JSON.parse(headers['lambda-runtime-client-context']) : undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function postError(error) {
  const told = described(error);
  console.error('Invoke Error', JSON.stringify(told));
  await post(`/invocation/${requestId}/error`, JSON.stringify(told), told.errorType);
}

async function serve(handler) {
  for (;;) {
    const next = await call('GET', '/invocation/next');
    if (next.status !== 200) throw new Error(`the Runtime API answered ${next.status}`);
    requestId = next.headers['lambda-runtime-aws-request-id'];
    if (next.headers['lambda-runtime-trace-id']) process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
    let settled;
    try {
      settled = await outcome(handler, JSON.parse(next.body.toString('utf8')), contextOf(next.headers));
      if (!('error' in settled)) settled.text = text(settled.result);
    } catch (error) {
      settled = { error };
    }
    whenNothingIsLeft = null;
    if ('error' in settled) await postError(settled.error);
    else await post(`/invocation/${requestId}/response`, settled.text);
  }
}

process.on('beforeExit', () => {
  const then = whenNothingIsLeft;
  whenNothingIsLeft = null;
  if (then) then();
});

function fatal(type, status) {
  return async (error) => {
    try {
      const told = described(error);
      if (type) { told.errorMessage = `${told.errorType}: ${told.errorMessage}`; told.errorType = type; }
      fs.writeSync(1, `${JSON.stringify(told)}\n`);
      await post(`/invocation/${requestId}/error`, JSON.stringify(told), told.errorType);
    } finally {
      process.exit(status);
    }
  };
}

process.on('uncaughtException', fatal(null, 129));
process.on('unhandledRejection', fatal('Runtime.UnhandledPromiseRejection', 128));

let handler;
try {
  handler = await loaded(process.env._HANDLER);
} catch (error) {
  const told = described(error);
  fs.writeSync(1, `${JSON.stringify(told)}\n`);
  await post('/init/error', JSON.stringify(told), told.errorType);
  process.exit(1);
}
await serve(handler);
