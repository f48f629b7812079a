using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.Emergencies;

/// <param name="Subject">The account of who declared it.</param>
/// <param name="Department">His department.</param>
/// <param name="By">His division.</param>
/// <param name="County">Of whom he reads.</param>
/// <param name="Reason">Why, in his words; names no number of a person.</param>
/// <param name="At">When; UTC.</param>
/// <param name="Until">It holds until then; UTC.</param>
[StoredName("break_glass_declared")]
public sealed record BreakGlassDeclared(string Subject, Department Department, DivisionId By, DivisionId County, string Reason, DateTimeOffset At, DateTimeOffset Until);

/// <param name="At">When; UTC.</param>
[StoredName("break_glass_ended")]
public sealed record BreakGlassEnded(DateTimeOffset At);

/// <summary>The county's civil affairs took note of it.</summary>
[StoredName("break_glass_acknowledged")]
public sealed record BreakGlassAcknowledged;

/// <summary>A break-glass (紧急查阅): declared with a reason, holds for three hours, ended before by hand, known to the county. Pure.</summary>
public sealed record BreakGlassGrant(Guid Id) : IFolded<BreakGlassGrant>
{
    /// <summary>Platform default.</summary>
    public static readonly TimeSpan HoldsFor = TimeSpan.FromHours(3);

    public static string StreamType => "break-glass";

    public static BreakGlassGrant New(Guid id) => new(id);

    public BreakGlassDeclared? Declared { get; private init; }

    /// <summary>When it ended, or will.</summary>
    public DateTimeOffset Until { get; private init; }

    public bool Acknowledged { get; private init; }

    public bool HoldsAt(DateTimeOffset now) => Declared is not null && now < Until;

    /// <summary>The first words count; the same request with others is refused.</summary>
    public IEnumerable<BreakGlassDeclared> Declare(BreakGlassDeclared asked) => Declared is not { } known ? [asked]
        : known with { At = asked.At, Until = asked.Until } == asked ? [] : throw new RejectedException("request_id: was used for another break-glass");

    public IEnumerable<BreakGlassEnded> End(string subject, DateTimeOffset now) =>
        Declared!.Subject != subject ? throw new RejectedException("ended by whoever declared it") : HoldsAt(now) ? [new(now)] : [];

    public IEnumerable<BreakGlassAcknowledged> Acknowledge() => Acknowledged ? [] : [new()];

    public BreakGlassGrant After(object @event) => @event switch
    {
        BreakGlassDeclared e => this with { Declared = e, Until = e.Until },
        BreakGlassEnded e => this with { Until = e.At },
        BreakGlassAcknowledged => this with { Acknowledged = true },
        _ => this,
    };
}
