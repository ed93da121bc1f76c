#!/usr/bin/env node
import { usePlainEnvironment } from '../app/plain-environment.ts';
import { runProgram } from './program.ts';

usePlainEnvironment(process);
process.exitCode = await runProgram(process.argv, process);
