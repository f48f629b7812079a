using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using LeftBehind.Contracts;
using Marten;

namespace LeftBehind.EventLog;

/// <summary>
/// The event types of one store, each with the name it is stored under. A name is given once, by
/// <see cref="StoredNameAttribute"/> on the record, and never changes.
/// </summary>
public sealed class EventTypes
{
    /// <summary>How events are written, here and by Marten.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, Type> typeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> nameOf = [];

    /// <summary>The types of the given assemblies that bear a name and lie in one of the namespaces (all when none is given).</summary>
    public static EventTypes In(Assembly assembly, params string[] namespaces)
    {
        var types = new EventTypes();
        foreach (var type in assembly.GetTypes())
            if (type.GetCustomAttribute<StoredNameAttribute>() is { } stored
                && (namespaces.Length == 0 || namespaces.Contains(type.Namespace, StringComparer.Ordinal)))
                types.Add(stored.Name, type);
        return types;
    }

    /// <summary>Every name with its type.</summary>
    public IReadOnlyDictionary<string, Type> All => typeOf;

    /// <summary>Adds a type under its stored name.</summary>
    public void Add(string name, Type type)
    {
        if (!typeOf.TryAdd(name, type))
            throw new InvalidOperationException($"Two event types are stored as '{name}'.");
        nameOf.Add(type, name);
    }

    /// <summary>Adds all types of another set.</summary>
    public EventTypes And(EventTypes other)
    {
        foreach (var (name, type) in other.typeOf)
            Add(name, type);
        return this;
    }

    /// <summary>The stored name of an event.</summary>
    public string NameOf(object @event) =>
        nameOf.TryGetValue(@event.GetType(), out var name)
            ? name
            : throw new InvalidOperationException($"{@event.GetType().Name} is no event of this store.");

    /// <summary>Reads a stored event.</summary>
    public object Read(string name, string json) =>
        typeOf.TryGetValue(name, out var type)
            ? JsonSerializer.Deserialize(json, type, Json)!
            : throw new UnknownEventTypeException(name);

    /// <summary>Tells Marten the same names, so that its daemon reads what is written here.</summary>
    public void MapInto(StoreOptions store)
    {
        foreach (var (name, type) in typeOf)
        {
            store.Events.AddEventType(type);
            store.Events.MapEventType(type, name);
        }
    }
}

/// <summary>A stored or received event bears a name that this release does not know.</summary>
public sealed class UnknownEventTypeException(string name) : Exception($"No event type is known as '{name}'.");
