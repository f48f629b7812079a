using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.OpenApi;

/// <summary>The comments of the protos by full name, from the descriptors that the protos' own assembly carries.</summary>
internal static class ProtoComments
{
    private static readonly Lazy<FrozenDictionary<string, string>> Comments = new(Read);

    /// <summary>The comment before a method, message, field, enum or enum value; empty where there is none.</summary>
    public static string Of(string fullName) => Comments.Value.GetValueOrDefault(fullName, "");

    private static FrozenDictionary<string, string> Read()
    {
        using var resource = typeof(Receipt).Assembly.GetManifestResourceStream("protos.binpb") ?? throw new InvalidOperationException("The protos' assembly does not carry them.");
        var files = FileDescriptor.BuildFromByteStrings(FileDescriptorSet.Parser.ParseFrom(resource).File.Select(file => file.ToByteString()));
        return files.SelectMany(Descriptors)
            .Select(d => (d.FullName, Text: d.Declaration?.LeadingComments ?? ""))
            .Where(d => d.Text.Length > 0)
            .ToFrozenDictionary(d => d.FullName, d => string.Join(' ', d.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), StringComparer.Ordinal);
    }

    private static IEnumerable<DescriptorBase> Descriptors(FileDescriptor file) =>
    [
        .. file.Services.SelectMany(s => s.Methods),
        .. file.MessageTypes,
        .. file.MessageTypes.SelectMany(m => m.Fields.InDeclarationOrder()),
        .. file.EnumTypes,
        .. file.EnumTypes.SelectMany(e => e.Values),
    ];
}
