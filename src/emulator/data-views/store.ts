/** Data views: what a space has from the start, and how they are stored and returned. */
import type { Kernel } from "../kernel.js";
import type { SpaceData } from "../store/state.js";

type Values = Readonly<Record<string, unknown>>;

export interface StoredDataView {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly name?: string;
  readonly timeFieldName?: string;
  readonly type?: string;
  readonly typeMeta?: Values;
  readonly sourceFilters?: readonly Values[];
  readonly fieldFormats?: Values;
  readonly fieldAttrs?: Readonly<Record<string, Values>>;
  readonly runtimeFieldMap?: Readonly<Record<string, Values>>;
  readonly allowNoIndex?: boolean;
  readonly allowHidden?: boolean;
  readonly namespaces: readonly string[];
  /** Kibana made it, not a user. */
  readonly managed?: true;
}

const SECURITY_INDICES = [
  "apm-*-transaction*",
  "auditbeat-*",
  "endgame-*",
  "filebeat-*",
  "logs-*",
  "packetbeat-*",
  "traces-apm*",
  "winlogbeat-*",
  "-*elastic-cloud-logs-*",
];

/**
 * The data views that Security makes when somebody first opens it in a space. Here each space has them from the start,
 * because the spaces that people deploy to have them.
 */
export function securityViews(space: string, hasAlertsView: boolean): StoredDataView[] {
  const alerts = `.alerts-security.alerts-${space}`;
  const view = (id: string, title: string, name: string): StoredDataView => ({
    id: `${id}-${space}`,
    version: "WzEsMV0=",
    title,
    name,
    timeFieldName: "@timestamp",
    namespaces: [space],
    managed: true,
  });
  const events = view(
    "security-solution",
    [alerts, ...SECURITY_INDICES].join(","),
    `Security solution default`,
  );
  return hasAlertsView
    ? [events, view("security-solution-alert", alerts, "Security solution alerts")]
    : [events];
}

/** A data view as the list has it: its main attributes. */
export function listed({ kernel }: { readonly kernel: Kernel }, view: StoredDataView): Values {
  const { id, namespaces, title, name, type, typeMeta, timeFieldName } = view;
  return {
    id,
    namespaces,
    title,
    ...(type === undefined ? {} : { type }),
    ...(typeMeta === undefined ? {} : { typeMeta }),
    ...(name === undefined || view.managed === true ? {} : { name }),
    ...(timeFieldName === undefined ? {} : { timeFieldName }),
    ...(view.managed === true && kernel.has("managedDataViews") ? { managed: true } : {}),
  };
}

/** A data view as a whole. Its fields come from Elasticsearch, which is not here: only runtime fields are known. */
export function whole(view: StoredDataView): Values {
  const { id, version, title, name, type, timeFieldName, namespaces } = view;
  return {
    id,
    version,
    title,
    ...(timeFieldName === undefined ? {} : { timeFieldName }),
    sourceFilters: view.sourceFilters ?? [],
    fields: Object.fromEntries(
      Object.entries(view.runtimeFieldMap ?? {}).map(([field, spec]) => [field, fieldOf(field, spec)]),
    ),
    ...(type === undefined ? {} : { type }),
    typeMeta: view.typeMeta ?? {},
    fieldFormats: view.fieldFormats ?? {},
    runtimeFieldMap: view.runtimeFieldMap ?? {},
    fieldAttrs: view.fieldAttrs ?? {},
    allowNoIndex: view.allowNoIndex ?? false,
    name: name ?? "",
    namespaces,
    allowHidden: view.allowHidden ?? false,
  };
}

/** A runtime field as a field of its data view. */
export function fieldOf(name: string, runtimeField: Values): Values {
  return {
    name,
    type: runtimeField["type"],
    esTypes: [runtimeField["type"]],
    count: 0,
    scripted: false,
    searchable: true,
    aggregatable: true,
    readFromDocValues: false,
    shortDotsEnable: false,
    runtimeField,
  };
}

/** The one that is named so: no two data views of a space have one name. */
export function viewNamed(space: SpaceData, name: string): StoredDataView | undefined {
  return [...space.dataViews.values()].find((view) => nameOf(view) === name);
}

/** A data view without a name goes by its title. */
export function nameOf({ name, title }: { readonly name?: string; readonly title: string }): string {
  return name === undefined || name === "" ? title : name;
}
