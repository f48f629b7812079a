using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Erasure;

/// <summary>The child's personal data was erased: its key is destroyed in the same transaction. The facts are those before.</summary>
[StoredName("personal_data_erased")]
public sealed record PersonalDataErased(ErasureGround Ground, string DocumentNo, IReadOnlyList<Guid> Pupils, ChildFacts After) : IChildEvent;

/// <summary>The roll told a pupil under the number of a child that was erased: it is erased there too, and linked to nothing.</summary>
[StoredName("erased_pupil_found")]
public sealed record ErasedPupilFound(Guid PupilId, ChildFacts After) : IChildEvent;

/// <summary>The grounds of 个人信息保护法 §47, and 未成年人保护法 §72.</summary>
public enum ErasureGround { PurposeAchieved = 1, RetentionExpired, ConsentWithdrawn, UnlawfulProcessing, OtherLaw, ChildOrGuardianAsked }

/// <summary>On a household: a child that belongs to it was erased.</summary>
[StoredName("member_erased")]
public sealed record MemberErased(Guid Person);

/// <summary>On a household: no child with personal data is left in it, so address and adults' details went too.</summary>
[StoredName("household_erased")]
public sealed record HouseholdErased;
