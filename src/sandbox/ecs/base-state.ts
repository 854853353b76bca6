/** A tag as ECS writes it. */
export interface EcsTag {
  key: string;
  value: string;
}

/** A part of a capacity provider strategy. */
export interface StrategyItem {
  capacityProvider: string;
  weight?: number;
  base?: number;
}

/** A cluster. */
export interface Cluster {
  name: string;
  status: "ACTIVE" | "INACTIVE";
  settings: { name: string; value: string }[];
  configuration?: Record<string, unknown>;
  capacityProviders: string[];
  defaultCapacityProviderStrategy: StrategyItem[];
  serviceConnectDefaults?: { namespace: string };
  tags: EcsTag[];
}
