using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Instruments;

/// <summary>What an instrument answers: the working level of risk, or the official grade of guardianship (监护情况：较好、一般、差).</summary>
public enum InstrumentKind { Risk, Grade }

/// <summary>Whether more points of an item are worse or better for the child.</summary>
public enum Orientation { MoreIsWorse, MoreIsBetter }

/// <summary>A part of what is assessed (policy: 安全处境、监护情况、身心健康状况等), with its weight among the parts.</summary>
public sealed record InstrumentDomain(string Code, string Title, int Weight);

/// <summary>One question: answered with 0 to <paramref name="Most"/> whole points; what is not required may be left out.</summary>
public sealed record InstrumentItem(
    string Code, string Domain, string Text, int Most, int Weight, Orientation Orientation, bool Required, string Source);

/// <summary>From these points on (inclusive) to those (exclusive; 100 belongs to the last) the outcome is this word of the kind.</summary>
public sealed record CutOff(string Outcome, int From, int To);

/// <summary>An answer at least so bad has at least this outcome, whatever the points say.</summary>
public sealed record HardTrigger(string Item, int Points, string Outcome, string Source);

/// <summary>All that one version of an instrument says. Points go from 0, nothing found, to 100, the worst of everything.</summary>
/// <param name="Basis">What it rests on, and what of it is a platform default.</param>
public sealed record InstrumentContent(
    string Code, InstrumentKind Kind, string Title, string Basis, IReadOnlyList<InstrumentDomain> Domains, IReadOnlyList<InstrumentItem> Items,
    IReadOnlyList<CutOff> CutOffs, IReadOnlyList<HardTrigger> Triggers);

/// <summary>A version was published; it never changes, and what was assessed by it stays as it is.</summary>
[StoredName("instrument_published")]
public sealed record InstrumentPublished(int Number, InstrumentContent Content, DateTimeOffset At, string By);

/// <summary>An instrument with its versions, the first first.</summary>
public sealed record Instrument(Guid Id) : IFolded<Instrument>
{
    public static string StreamType => "instrument";

    public static Instrument New(Guid id) => new(id);

    /// <summary>One instrument a code.</summary>
    public static Guid IdOf(string code) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{code}")).AsSpan(0, 16));

    public ImmutableList<InstrumentPublished> Versions { get; init; } = [];

    public int Latest => Versions.Count;

    /// <summary>A version by its number, the latest for 0; null when there is none.</summary>
    public InstrumentPublished? Of(int number) => number == 0 ? Versions.LastOrDefault() : Versions.ElementAtOrDefault(number - 1);

    public Instrument After(object @event) => @event is InstrumentPublished e ? this with { Versions = Versions.Add(e) } : this;
}
