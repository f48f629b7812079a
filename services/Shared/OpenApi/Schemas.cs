using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace LeftBehind.OpenApi;

/// <summary>Messages and enums as JSON schemas by the proto3 JSON mapping, each once among the document's components.</summary>
internal sealed class Schemas(OpenApiDocument document)
{
    private const string Package = "leftbehind.";

    public OpenApiDocument Document => document;

    public OpenApiSchemaReference Named(string name) => new(name, document);

    public OpenApiSchemaReference Of(MessageDescriptor message) =>
        Component(message.FullName, () => Object(message.Fields.InDeclarationOrder()), schema => schema.Description = ProtoComments.Of(message.FullName));

    /// <summary>An object of these fields, for a body without those of the path.</summary>
    public OpenApiSchema Object(IEnumerable<FieldDescriptor> fields) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = fields.ToDictionary(field => field.JsonName, Described, StringComparer.Ordinal),
    };

    public IOpenApiSchema Of(FieldDescriptor field) =>
        field.IsMap ? throw new NotSupportedException($"{field.FullName} is a map.")
        : field.IsRepeated ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Single(field) }
        : Single(field);

    private IOpenApiSchema Described(FieldDescriptor field)
    {
        var schema = Of(field);
        if (ProtoComments.Of(field.FullName) is { Length: > 0 } comment)
            schema.Description = comment;
        return schema;
    }

    private IOpenApiSchema Single(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Of(field.MessageType),
        FieldType.Enum => Of(field.EnumType),
        FieldType.String => new OpenApiSchema { Type = JsonSchemaType.String },
        FieldType.Bool => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FieldType.Int32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        FieldType.Int64 => new OpenApiSchema { Type = JsonSchemaType.String, Format = "int64" },
        FieldType.Double => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
        FieldType.Bytes => new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" },
        _ => throw new NotSupportedException($"{field.FullName} is of type {field.FieldType}."),
    };

    private OpenApiSchemaReference Of(EnumDescriptor words) => Component(
        words.FullName,
        () => new() { Type = JsonSchemaType.String, Enum = [.. words.Values.Select(v => (JsonNode)JsonValue.Create(v.Name)!)] },
        schema => schema.Description = string.Join("\n", new[] { ProtoComments.Of(words.FullName) }
            .Concat(words.Values.Where(v => ProtoComments.Of(v.FullName).Length > 0).Select(v => $"- {v.Name}: {ProtoComments.Of(v.FullName)}"))
            .Where(line => line.Length > 0)));

    // The name is taken before the schema is made: a message may hold itself.
    private OpenApiSchemaReference Component(string fullName, Func<OpenApiSchema> make, Action<OpenApiSchema> describe)
    {
        var name = fullName.StartsWith(Package, StringComparison.Ordinal) ? fullName[Package.Length..] : fullName;
        var known = document.Components!.Schemas!;
        if (known.TryAdd(name, new OpenApiSchema()))
        {
            var schema = make();
            describe(schema);
            known[name] = schema;
        }
        return Named(name);
    }
}
