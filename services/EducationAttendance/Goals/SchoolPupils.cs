using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;
using Npgsql;

namespace LeftBehind.EducationAttendance.Goals;

/// <summary>One row for each pupil as the goals of its school count it, written in the transaction of its events. Also told of pupils of before this table was kept, a batch at a time.</summary>
public sealed class SchoolPupils(EventStore store) : IMigrationStep
{
    private const int AtATime = 1000;

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.school_pupil (
            pupil uuid primary key, village bigint not null, school uuid not null, school_no text not null, on_roll boolean not null, on_file boolean not null, enrolment smallint not null)
            with (fillfactor = 80);
        create index if not exists school_pupil_school on {schema}.school_pupil (village, school) where on_roll;
        """;

    /// <summary>Each pupil as it stands last.</summary>
    internal static void Write(StoreWork work, IEnumerable<Pupil> pupils)
    {
        var rows = pupils.Where(p => p.Exists).GroupBy(p => p.Id).Select(g => g.Last()).OrderBy(p => p.Id).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.school_pupil as p (pupil, village, school, school_no, on_roll, on_file, enrolment) select * from unnest($1, $2, $3, $4, $5, $6, $7)
                on conflict (pupil) do update set village = excluded.village, school = excluded.school, school_no = excluded.school_no, on_roll = excluded.on_roll,
                    on_file = excluded.on_file, enrolment = excluded.enrolment
                where (p.village, p.school, p.on_roll, p.on_file, p.enrolment) is distinct from (excluded.village, excluded.school, excluded.on_roll, excluded.on_file, excluded.enrolment)
                """, Array.ConvertAll(rows, p => p.Id), Array.ConvertAll(rows, p => p.Facts.School.Value), Array.ConvertAll(rows, p => SchoolOf(p.SchoolNo)),
                Array.ConvertAll(rows, p => p.SchoolNo), Array.ConvertAll(rows, IsOnRoll), Array.ConvertAll(rows, p => p.Facts.ChildId is not null),
                Array.ConvertAll(rows, p => (short)p.Facts.Enrolment()));
    }

    /// <summary>As the figures of pupils count.</summary>
    private static bool IsOnRoll(Pupil pupil) => pupil.Facts.State is not (EnrolmentState.TransferredOut or EnrolmentState.Graduated or EnrolmentState.Left);

    /// <summary>A number as an id, by which the list goes on.</summary>
    private static Guid SchoolOf(string schoolNo) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"school/{schoolNo}")).AsSpan(0, 16));

    public async Task RunAsync(CancellationToken ct)
    {
        while (await store.RunAsync(async work =>
        {
            var pupils = await work.LoadAsync<Pupil>(await UntoldAsync(work, ct), ct);
            Write(work, pupils.Values);
            return pupils.Count;
        }, ct) > 0)
        {
            // the next batch
        }
    }

    private static async Task<List<Guid>> UntoldAsync(StoreWork work, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select id from {work.Schema}.mt_streams s where type = $1 and not exists (select from {work.Schema}.school_pupil p where p.pupil = s.id) order by id limit {AtATime}
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = Pupil.StreamType });
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
