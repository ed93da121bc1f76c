import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from every other that ever had or will have its number. */
export interface ProcessIdentity {
  /** For people. */
  readonly host: string;
  /** Equal only where process numbers mean the same processes: boot and process namespace. */
  readonly machine: string;
  readonly pid: number;
  /** In the system's own unit; empty where the system does not tell. */
  readonly startedAt: string;
}

/** The processes of this machine, as far as this one can see them. */
export interface ProcessTable {
  readonly self: ProcessIdentity;
  /** True only when it is certain that the process no longer runs. */
  isGone(other: ProcessIdentity): boolean;
}

/** What `/proc/<pid>/stat` tells; undefined when there is no such process. */
interface ProcessStat {
  /** Fields after the name: `state` is the first, `starttime` the twentieth. */
  readonly state: string;
  readonly startedAt: string;
}

export function readProcessTable(): ProcessTable {
  const self: ProcessIdentity = {
    host: hostname(),
    machine: machineId(),
    pid: process.pid,
    startedAt: statOf('self')?.startedAt ?? '',
  };
  return { self, isGone: (other) => other.machine === self.machine && isGone(other, self) };
}

function isGone(other: ProcessIdentity, self: ProcessIdentity): boolean {
  if (self.startedAt === '') return !answersSignal(other.pid);
  const stat = statOf(String(other.pid));
  if (!stat) return !answersSignal(other.pid);
  // a killed process whose parent has not asked for its end is still listed, as a zombie
  if (stat.state === 'Z' || stat.state === 'X') return true;
  return other.startedAt !== '' && stat.startedAt !== other.startedAt;
}

function statOf(pid: string): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // the name stands in parentheses and may itself hold any character
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function machineId(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // a Linux that hides these may share its name and its numbers with other containers: equal to no other
    return process.platform === 'linux' ? randomUUID() : hostname();
  }
}
