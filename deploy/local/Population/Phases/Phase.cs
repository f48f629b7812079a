using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Phases;

/// <summary>What the two sources push in one phase. The sources may be pushed side by side.</summary>
public sealed record Phase(Feed<HouseholdBatch, HouseholdRow> Households, Feed<RollBatch, RollRow> Roll);
