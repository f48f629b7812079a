using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Accountability;
using LeftBehind.Reporting.Placements;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Xunit;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Tests;

/// <summary>The protocol and the contracts use the same words; requests are read by name.</summary>
public class WordsTests
{
    [Fact]
    public void The_protocols_words_are_those_of_the_contracts()
    {
        Same<V1.Situation, Situation>();
        Same<V1.ReporterKind, ReporterKind>();
        Same<V1.Measure, Measure>();
        Same<V1.ReportedCategory, ReportedCategory>();
        Same<V1.ReporterDuty, ReporterDuty>();
        Same<V1.SetAsideAs, SetAsideAs>();
        Same<V1.AccountabilityMeasure, AccountabilityMeasure>();
        Same<V1.CommendationForm, CommendationForm>();
        Same<V1.EvidenceKind, EvidenceKind>();
        Same<V1.ResponseState, ResponseState>();
        Same<V1.PlacementGround, PlacementGround>();
        Same<V1.PlacementPlace, PlacementPlace>();
        Same<V1.PlacementState, PlacementState>();
        Same<V1.LongTermGround, LongTermGround>();
        Assert.Equal(Enum.GetNames<ReportState>().Order(StringComparer.Ordinal), Enum.GetNames<V1.Standing>().Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<Urgency>(), Enum.GetNames<V1.Urgency>());
    }

    private static void Same<TProtocol, T>() where TProtocol : struct, Enum where T : struct, Enum =>
        Assert.Equal(Enum.GetNames<T>(), Enum.GetNames<TProtocol>().Skip(1));
}
