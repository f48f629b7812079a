namespace LeftBehind.Servers;

/// <summary>Servers that somebody else started for several test programs, named by environment variables.</summary>
public static class GivenServers
{
    /// <summary>Variable with a superuser's Npgsql connection string.</summary>
    public const string PostgresVariable = "LB_TEST_POSTGRES";

    /// <summary>Variable with an amqp URI.</summary>
    public const string RabbitMqVariable = "LB_TEST_RABBITMQ";

    /// <summary>Variable with the address for <see cref="Servers.RabbitMqControl.At"/>.</summary>
    public const string RabbitMqControlVariable = "LB_TEST_RABBITMQ_CTL";

    /// <summary>Variable that, set to true, forbids a private broker in place of a container: for runs that must prove both ways.</summary>
    public const string EngineRequiredVariable = "LB_TEST_ENGINE_REQUIRED";

    internal static bool EngineRequired => Value(EngineRequiredVariable) == "true";

    /// <summary>Its value, if given.</summary>
    public static string? Postgres => Value(PostgresVariable);

    /// <summary>Its value, if given.</summary>
    public static string? RabbitMq => Value(RabbitMqVariable);

    /// <summary>Its value, if given.</summary>
    public static string? RabbitMqControl => Value(RabbitMqControlVariable);

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
