using LeftBehind.Contracts.Reporting;
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
        Assert.Equal(Enum.GetNames<Urgency>(), Enum.GetNames<V1.Urgency>());
    }

    private static void Same<TProtocol, T>() where TProtocol : struct, Enum where T : struct, Enum =>
        Assert.Equal(Enum.GetNames<T>(), Enum.GetNames<TProtocol>().Skip(1));
}
