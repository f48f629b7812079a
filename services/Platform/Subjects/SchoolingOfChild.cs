using System.Text.Json;
using System.Text.Json.Serialization;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.Subjects;

/// <summary>
/// How a child is schooled, as each pupil behind its file tells it: a child may stand on two rolls, or have left a record
/// behind on one. What is told of one pupil never overwrites what is told of another. Pure.
/// </summary>
[JsonConverter(typeof(AsJson))]
public sealed class SchoolingOfChild : IEquatable<SchoolingOfChild>
{
    public static readonly SchoolingOfChild Unknown = new([]);

    /// <summary>The latest of each pupil, by the pupil's id.</summary>
    private readonly Group<ChildSchoolingRecorded>[] pupils;

    private SchoolingOfChild(Group<ChildSchoolingRecorded>[] pupils) => this.pupils = pupils;

    /// <summary>
    /// One value of all: whoever attends a school comes first, where one is known before where none is; else what counts from the
    /// latest day, so that a dropout of long ago does not outlive a graduation of another record. Among equals the one told last. A
    /// pupil that was unlinked tells nothing. An unlink told without its pupil ended all that was told before it.
    /// </summary>
    public Schooling Now => Speaking?.Schooling ?? Schooling.NotCollected;

    /// <summary>Whether the child boards, by the same record; null where none says.</summary>
    public bool? Boarding => Speaking?.Boarding;

    private ChildSchoolingRecorded? Speaking
    {
        get
        {
            var ended = Array.Find(pupils, p => p.Facts.PupilId is null);
            return pupils.Where(p => Speaks(p.Facts) && (ended is null || Place(p).CompareTo(Place(ended)) > 0))
                .MaxBy(p => (Attendance(p.Facts), p.Facts.EffectiveOn ?? DateOnly.MinValue, Place(p)))?.Facts;
        }
    }

    /// <summary>With what was told of one pupil; the same when that is not news.</summary>
    public SchoolingOfChild After(ChildSchoolingRecorded fact, Told told)
    {
        var known = Array.Find(pupils, p => p.Facts.PupilId == fact.PupilId);
        return known is null || known.IsBefore(told)
            ? new([.. pupils.Where(p => p != known).Append(new(told.Sequence, told.Version, fact, told.Epoch)).OrderBy(p => p.Facts.PupilId)])
            : this;
    }

    public bool Equals(SchoolingOfChild? other) => other is not null && pupils.AsSpan().SequenceEqual(other.pupils);

    public override bool Equals(object? obj) => Equals(obj as SchoolingOfChild);

    public override int GetHashCode() => pupils.Aggregate(0, HashCode.Combine);

    private static (int Epoch, long Sequence) Place(Group<ChildSchoolingRecorded> told) => (told.Epoch, told.Sequence);

    /// <summary>Neither an unlink nor what older releases told of a graduation: they tell no state.</summary>
    private static bool Speaks(ChildSchoolingRecorded told) => told is { PupilId: not null } and ({ State: not null } or { Schooling: not Schooling.NotCollected });

    private static int Attendance(ChildSchoolingRecorded told) => told switch
    {
        { Schooling: Schooling.DroppedOut or Schooling.NotInSchool or Schooling.NotInKindergarten } => 0,
        { Schooling: not Schooling.NotCollected } => 2,
        { State: EnrolmentState.Enrolled or EnrolmentState.OnLeave or EnrolmentState.HomeTaught } => 1,
        _ => 0,
    };

    private sealed class AsJson : JsonConverter<SchoolingOfChild>
    {
        /// <summary>Facts stored before each pupil had its own hold one group, of the pupil told last.</summary>
        public override SchoolingOfChild Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType is JsonTokenType.StartObject
                ? [JsonSerializer.Deserialize<Group<ChildSchoolingRecorded>>(ref reader, options)!]
                : JsonSerializer.Deserialize<Group<ChildSchoolingRecorded>[]>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, SchoolingOfChild value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.pupils, options);
    }
}
