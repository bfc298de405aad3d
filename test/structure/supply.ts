// What has to hold of the packages that this project takes in: told of package.json, the lock file and docs/dependencies.md.

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Locked extends Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

/** A lock file of version 3. */
export interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
}

/** Licences that may be passed on bundled; for development also what isn't passed on. */
const licences = {
  runtime: ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0"],
  development: ["MIT OR Apache-2.0", "PSF-2.0", "Python-2.0", "CC0-1.0", "BlueOak-1.0.0"],
};

/** Packages whose install script is known: it isn't needed, since each works where no script may run. */
const scripted = ["esbuild"];

/** Everything that is wrong, in a line each. */
export function faultsOf(own: Package, lock: Lock, doc: string): string[] {
  const { "": root, ...others } = lock.packages;
  const faults: string[] = [];
  for (const kind of ["dependencies", "devDependencies"] as const) {
    const [wanted, locked] = [own[kind] ?? {}, root?.[kind] ?? {}];
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(locked)])) {
      const version = lock.packages[`node_modules/${name}`]?.version;
      if (wanted[name] !== locked[name]) faults.push(`${name}: the lock file is out of step`);
      else if (version !== wanted[name])
        faults.push(`${name}: ${wanted[name]} is no exact version, ${version} is locked`);
    }
  }
  for (const [path, one] of Object.entries(others)) {
    const name = path.replace(/^.*node_modules\//, "");
    const allowed = one.dev ? [...licences.runtime, ...licences.development] : licences.runtime;
    if (!/^sha512-[\w+/]{86}==$/.test(one.integrity ?? "")) faults.push(`${path}: no sha512`);
    if (one.resolved !== undefined) faults.push(`${path}: comes from ${one.resolved}`);
    if (one.hasInstallScript && !(one.dev && scripted.includes(name)))
      faults.push(`${path}: runs an install script`);
    if (!allowed.includes(one.license ?? "")) faults.push(`${path}: licence ${one.license}`);
  }
  return [...faults, ...undocumented(own, lock, doc)];
}

/** Where the table of runtime packages and the list of those for development differ from what is installed. */
function undocumented(own: Package, lock: Lock, doc: string): string[] {
  const rows = [
    ...doc.matchAll(/^\| ([@\w/-]+) ([\d.]+) \| ([\w.-]+) \| (\d{4}-\d{2}-\d{2}|before \d{4}) \| (.+) \|$/gm),
  ];
  const told = new Map(rows.map(([, name = "", version, licence]) => [name, { version, licence }]));
  const runtime = own.dependencies ?? {};
  const faults = Object.keys(runtime).flatMap((name) => {
    const { version, license } = lock.packages[`node_modules/${name}`] ?? {};
    const row = told.get(name);
    if (!row) return [`${name}: isn't in the table of docs/dependencies.md`];
    return row.version === version && row.licence === license
      ? []
      : [`${name}: the table says ${row.version}, ${row.licence}`];
  });
  const gone = [...told.keys()].filter((name) => runtime[name] === undefined);
  const dev = Object.keys(own.devDependencies ?? {}).filter((name) => !doc.includes(`\n- ${name}: `));
  return [
    ...faults,
    ...gone.map((name) => `${name}: in the table of docs/dependencies.md, but isn't used`),
    ...dev.map((name) => `${name}: isn't in the list of docs/dependencies.md`),
  ];
}
