using System.Buffers.Binary;
using System.Buffers.Text;
using LeftBehind.Calls;
using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Reports;

/// <summary>Where a report stands in the work list: the most urgent first, then as they were reported.</summary>
internal readonly record struct ReportPlace(Urgency Urgency, DateTimeOffset At, Guid Id)
{
    private const int Bytes = 25;

    /// <summary>Before every report.</summary>
    public static readonly ReportPlace First = new((Urgency)byte.MaxValue, DateTimeOffset.MinValue, Guid.Empty);

    public static ReportPlace Read(string token)
    {
        if (token.Length == 0)
            return First;
        Span<byte> bytes = stackalloc byte[Bytes];
        // Asked before decoding, which throws for characters outside the alphabet.
        if (!Base64Url.IsValid(token, out var length) || length != Bytes)
            throw Requests.Invalid("page_token: not one of this list");
        Base64Url.DecodeFromChars(token, bytes);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new((Urgency)bytes[0], new(ticks, TimeSpan.Zero), new(bytes[9..]))
            : throw Requests.Invalid("page_token: not one of this list");
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = (byte)Urgency;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], At.UtcTicks);
        Id.TryWriteBytes(bytes[9..]);
        return Base64Url.EncodeToString(bytes);
    }
}
